/** Which theme holds: the person's choice, or the system's. */
import type { Theme } from "../drawing/palette";
import type { Session } from "../state/session";

export function themeNow(session: Session): Theme {
  const { theme } = session.store.get();
  if (theme !== "system") return theme;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Lets the style sheet know; "system" leaves the choice to its media query. */
export function applyTheme(session: Session): void {
  const { theme } = session.store.get();
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
