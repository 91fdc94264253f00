/** Starts the islands of a page. Every page works without this file; it only saves steps. */
import "./bulk";
import "./copy";
import "./drafts";
import "./focus";
import "./keys";
import "./lazy";
import "./menus";
import "./photos";
import "./send_once";
import { startIslands } from "./islands";
import { setUpHtmx } from "./swaps";

setUpHtmx();
startIslands(document);
