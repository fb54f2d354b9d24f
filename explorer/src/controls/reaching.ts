/** Goes on by itself once a service is back that could not be reached. */
import type { Session } from "../state/session";

/** Pauses between questions whether it is back, doubled each time. */
export const FIRST_PAUSE_MS = 500;
export const LAST_PAUSE_MS = 8000;

/** Asks after each pause, and at once when the browser says that it is online; what was missed is loaded by `retry`. */
export function keepReaching(
  { store }: Pick<Session, "store">,
  isThere: () => Promise<boolean>,
  retry: () => Promise<void>,
  network: EventTarget,
): void {
  let pause = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    isAsking = true;
    if (await isThere()) await retry();
    isAsking = false;
    if (!store.get().offline) pause = FIRST_PAUSE_MS;
    else wait();
  };
  const wait = (): void => {
    timer = setTimeout(ask, pause);
    pause = Math.min(LAST_PAUSE_MS, pause * 2);
  };
  store.subscribe(() => {
    if (store.get().offline && timer === undefined && !isAsking) wait();
  });
  network.addEventListener("online", () => {
    pause = FIRST_PAUSE_MS;
    if (store.get().offline && !isAsking) void ask();
  });
}
