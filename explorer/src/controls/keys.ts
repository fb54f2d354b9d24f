/** Keys that hold everywhere on the page. */
import type { Actions } from "./actions";

export function bindKeys(actions: Actions): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const isTyping =
      event.target instanceof HTMLElement && event.target.matches("input:not([type=range]), textarea, select");
    if (actOn(event, actions, isTyping)) event.preventDefault();
  });
}

function actOn(event: KeyboardEvent, actions: Actions, isTyping: boolean): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (isCommand && !isTyping && key === "z") return done(() => (event.shiftKey ? actions.redo() : actions.undo()));
  if (isCommand && !isTyping && key === "y") return done(() => actions.redo());
  if ((isCommand && key === "k") || (!isTyping && !isCommand && key === "/")) return done(focusSearch);
  if (!isTyping && !isCommand && key === "?") return done(() => actions.toggleSheet("keys"));
  if (!isTyping && !isCommand && key === "t") return done(() => actions.open("table"));
  return false;
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>("#search")?.focus();
}

function done(act: () => void): true {
  act();
  return true;
}
