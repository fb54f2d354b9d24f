/** Asks for the first view, then loads the page: the service answers while the browser reads the page's own code. */
import { speak } from "./api/client";
import { askFirst } from "./controls/first-questions";
import { chosenLanguage } from "./words/language";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/panels.css";
import "./styles/parts.css";
import "./styles/search.css";
import "./styles/start.css";
import "./styles/tour.css";
import "./styles/notes.css";
import "./styles/entity.css";
import "./styles/evidence.css";
import "./styles/filters.css";
import "./styles/asking.css";
import "./styles/query.css";
import "./styles/documents.css";
import "./styles/identity.css";
import "./styles/tables.css";

speak(chosenLanguage());
askFirst(location.hash);
void import("./page");
