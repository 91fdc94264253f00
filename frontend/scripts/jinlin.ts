/** Starts the islands of a page. Every page works without this file; it only saves steps. */
import "./bulk";
import "./copy";
import "./danger";
import "./drafts";
import "./focus";
import "./keys";
import "./lazy";
import "./menus";
import "./offline";
import "./passkeys";
import "./photos";
import "./print";
import "./send_once";
import { startIslands } from "./islands";
import { setUpHtmx } from "./swaps";

setUpHtmx();
startIslands(document);
