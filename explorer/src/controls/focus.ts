/** Where the keyboard is: between panel and drawing, and not lost when what had it goes. */

const panel = (): HTMLElement | null => document.querySelector<HTMLElement>("#panel");
const isSeen = (element: HTMLElement | null): element is HTMLElement =>
  element !== null && element.getClientRects().length > 0;

export function focusDrawing(): void {
  document.querySelector<HTMLElement>("#drawing")?.focus();
}

/** The panel where it is open, else the drawing. */
export function focusPanel(): void {
  const place = panel();
  if (isSeen(place)) place.focus({ preventScroll: true });
  else focusDrawing();
}

/** From the panel to the drawing, from anywhere else to the panel. */
export function crossOver(): void {
  if (panel()?.contains(document.activeElement)) focusDrawing();
  else focusPanel();
}

/** When what had the focus goes with what the panel showed, the panel takes it. Returns what ends this. */
export function keepFocus(place: HTMLElement): () => void {
  let isInside = false;
  const note = ({ target }: FocusEvent): void => {
    isInside = place.contains(target as Node);
  };
  const observer = new MutationObserver(() => {
    if (isInside && document.activeElement === document.body) focusPanel();
  });
  document.addEventListener("focusin", note);
  observer.observe(place, { childList: true, subtree: true, attributeFilter: ["class"] });
  return () => {
    document.removeEventListener("focusin", note);
    observer.disconnect();
  };
}

/** For what comes in the place of a button that was pressed. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}

/** Whether keys are letters to what has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("input:not([type=range], [type=checkbox], [type=radio]), textarea, select")
  );
}
