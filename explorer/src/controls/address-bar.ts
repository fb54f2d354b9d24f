/** Keeps the address in step with the view, and the view with an address that a person enters or goes back to. */
import { fromAddress, toAddress } from "../state/address";
import type { Session } from "../state/session";
import { viewOf } from "../state/session";
import type { Actions } from "./actions";

export function followAddress(actions: Actions, session: Session): void {
  session.store.subscribe(() => {
    const wanted = `#${toAddress(viewOf(session))}`;
    if (wanted !== location.hash && wanted !== "#") history.replaceState(null, "", wanted);
  });
  window.addEventListener("hashchange", () => {
    if (location.hash !== `#${toAddress(viewOf(session))}`) actions.change(fromAddress(location.hash));
  });
}
