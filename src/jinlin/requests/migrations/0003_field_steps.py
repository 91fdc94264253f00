"""Adds the steps of service matters, and finds quickly what somebody entered for others."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('requests', '0002_search'),
    ]

    operations = [
        migrations.AlterField(
            model_name='standardtext',
            name='verb',
            field=models.CharField(choices=[('receive', 'received'), ('accept', 'accept'), ('coordinate', 'coordinate with neighbours'), ('decline', 'decline'), ('classify', 'classify'), ('relocate', 'correct the place'), ('dispatch', 'dispatch'), ('transfer', 'pass on'), ('send_back', 'send back to the dispatcher'), ('sign', 'sign for'), ('start', 'start work'), ('report', 'report progress'), ('handle', 'report as handled'), ('call_back', 'begin call-back'), ('close', 'close'), ('rework', 'send back for rework'), ('settle', 'close with a reason'), ('withdraw', 'withdraw'), ('add', 'add information'), ('escalate', 'escalate'), ('import', 'imported')], max_length=12),
        ),
        migrations.AlterField(
            model_name='step',
            name='verb',
            field=models.CharField(choices=[('receive', 'received'), ('accept', 'accept'), ('coordinate', 'coordinate with neighbours'), ('decline', 'decline'), ('classify', 'classify'), ('relocate', 'correct the place'), ('dispatch', 'dispatch'), ('transfer', 'pass on'), ('send_back', 'send back to the dispatcher'), ('sign', 'sign for'), ('start', 'start work'), ('report', 'report progress'), ('handle', 'report as handled'), ('call_back', 'begin call-back'), ('close', 'close'), ('rework', 'send back for rework'), ('settle', 'close with a reason'), ('withdraw', 'withdraw'), ('add', 'add information'), ('escalate', 'escalate'), ('import', 'imported')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(condition=models.Q(('entered_by_id__isnull', False)), fields=['entered_by_id', '-received_at'], name='request_entered'),
        ),
    ]
