/** The page itself: a session, what a person can do with it, and the panels that show it. */
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
import { chosenLanguage } from "./words/language";

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
void begin(page);
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
