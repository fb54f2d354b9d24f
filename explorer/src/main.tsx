import { render } from "preact";
import { service, speak } from "./api/client";
import { App } from "./app";
import { Actions } from "./controls/actions";
import { followAddress } from "./controls/address-bar";
import { begin } from "./controls/begin";
import { bindKeys } from "./controls/keys";
import { keepReaching } from "./controls/reaching";
import { exposeForTests } from "./controls/testing";
import { applyTheme } from "./controls/theme";
import { type Page, PageContext } from "./panels/context";
import { startSession, type ThemeChoice } from "./state/session";
import { LANGUAGES, type Language, preferred } from "./words/words";
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

function chosenLanguage(): Language {
  const kept = localStorage.getItem("guanxi.language") as Language | null;
  return kept && LANGUAGES.includes(kept) ? kept : preferred(navigator.languages);
}

const theme = (localStorage.getItem("guanxi.theme") as ThemeChoice | null) ?? "system";
const session = startSession(chosenLanguage(), theme, localStorage.getItem("guanxi.toured") ? null : 0);
const actions = new Actions(session);
const page: Page = { session, actions, drawing: null };

const dress = (): void => {
  applyTheme(session);
  document.documentElement.lang = session.store.get().language;
  speak(session.store.get().language);
};
dress();
session.store.subscribe(dress);
void begin(actions, session);
render(
  <PageContext.Provider value={page}>
    <App />
  </PageContext.Provider>,
  document.getElementById("app")!,
);
followAddress(actions, session);
bindKeys(actions);
keepReaching(session, service.isThere, () => actions.retry(), window);
exposeForTests(page);
