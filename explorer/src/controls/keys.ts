/** Keys that hold everywhere on the page. */
import type { Actions } from "./actions";
import { crossOver, isTyping } from "./focus";

export function bindKeys(actions: Actions): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (actOn(event, actions, isTyping(event.target))) event.preventDefault();
  });
}

function actOn(event: KeyboardEvent, actions: Actions, types: boolean): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (key === "f6") return done(crossOver);
  if (isCommand && !types && key === "z") return done(() => (event.shiftKey ? actions.redo() : actions.undo()));
  if (isCommand && !types && key === "y") return done(() => actions.redo());
  if ((isCommand && key === "k") || (!types && !isCommand && key === "/")) return done(focusSearch);
  if (!types && !isCommand && key === "?") return done(() => actions.toggleSheet("keys"));
  if (!types && !isCommand && key === "t") return done(() => actions.open("table"));
  return false;
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>("#search")?.focus();
}

function done(act: () => void): true {
  act();
  return true;
}
