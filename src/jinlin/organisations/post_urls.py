"""Addresses of posts: at the desk, on duty tables, and one's own."""

from django.urls import path

from jinlin.organisations.views import desk_posts, duty, mine, posts, rosters, staffing

POSTS = [
    path("desk/bodies/<int:body_id>/give-post/", posts.give_at_body, name="give-at-body"),
    path("desk/posts/", desk_posts.posts, name="desk-posts"),
    path("desk/posts/vacancies/", staffing.vacancies, name="desk-vacancies"),
    path("desk/posts/staffing/", staffing.staffing, name="desk-staffing"),
    path("desk/posts/results/", staffing.results, name="desk-results"),
    path("desk/posts/roster/", rosters.choose, name="desk-choose-roster"),
    path("desk/posts/roster/template.xlsx", rosters.template, name="desk-roster-template"),
    path("desk/posts/roster/<str:token>/", rosters.steps, name="desk-roster"),
    path("desk/posts/roster/<str:token>/findings.xlsx", rosters.findings, name="desk-roster-findings"),
    path("desk/posts/<int:appointment_id>/", desk_posts.post, name="desk-post"),
    path("desk/posts/<int:appointment_id>/end/", desk_posts.end_post, name="end-post"),
    path("desk/posts/<int:appointment_id>/recall/", desk_posts.recall, name="recall"),
    path("desk/posts/<int:appointment_id>/deputy/", desk_posts.deputy, name="deputy"),
    path("desk/posts/<int:appointment_id>/withdraw/", desk_posts.withdraw, name="withdraw-offer"),
    path("desk/posts/<int:appointment_id>/hand-over/", desk_posts.hand_over, name="hand-over"),
    path("desk/posts/<int:appointment_id>/poster/", duty.poster, name="poster"),
    path("duty/", duty.mine, name="on-duty"),
    path("duty/<str:community_code>/", duty.table, name="duty-table"),
    path("me/posts/", mine.mine, name="my-posts"),
    path("me/posts/<int:appointment_id>/accept/", mine.accept, name="accept-post"),
    path("me/posts/<int:appointment_id>/decline/", mine.decline, name="decline-post"),
    path("me/posts/<int:appointment_id>/name/", mine.show_name, name="show-name"),
    path("me/posts/<int:appointment_id>/leave/", mine.leave, name="leave-post"),
    path("me/posts/<int:appointment_id>/pledge/", mine.pledge, name="pledge"),
]
