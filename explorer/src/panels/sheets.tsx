/** Dialogs over the page: what can be taken along, and the keys. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Format, takeAlong } from "../controls/take-along";
import { usePage, useSession, useSpeech } from "./context";
import { Icon } from "./icons";
import { IconButton } from "./parts";

export function Sheets() {
  const sheet = useSession((state) => state.sheet);
  if (sheet === "export") return <ExportSheet />;
  return sheet === "keys" ? <KeysSheet /> : null;
}

export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const { say } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-label={props.title}
      onClose={props.onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <header>
        <h2>{props.title}</h2>
        <IconButton icon="close" label={say("tool.close")} onClick={() => dialog.current?.close()} />
      </header>
      {props.children}
    </dialog>
  );
}

const FORMATS: readonly Format[] = ["png", "svg", "csv", "graphml", "jsonld"];

function ExportSheet() {
  const page = usePage();
  const { say, ...speech } = useSpeech();
  const take = (format: Format): void => {
    void takeAlong(format, page, { say, ...speech }).catch((failure) => page.actions.report(failure));
  };
  return (
    <Dialog title={say("export.title")} onClose={() => page.actions.toggleSheet("export")}>
      <p class="quiet">{say("export.view")}</p>
      <ul class="formats">
        {FORMATS.map((format) => (
          <li>
            <button type="button" class="button" onClick={() => take(format)}>
              <Icon name="export" />
              {say(`export.${format}`)}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function KeysSheet() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const keys = [
    ["/", "keys.search"],
    ["← ↑ → ↓", "keys.arrows"],
    ["Alt + ← ↑ → ↓", "keys.move"],
    ["Enter", "keys.enter"],
    ["F6", "keys.panes"],
    ["L", "keys.edges"],
    ["E", "keys.expand"],
    ["P", "keys.pin"],
    ["H", "keys.hide"],
    ["F", "keys.focus"],
    ["W", "keys.ways"],
    ["Ctrl+Z  Ctrl+Shift+Z", "keys.undo"],
    ["+  −  0", "keys.zoom"],
    ["Esc", "keys.escape"],
  ] as const;
  return (
    <Dialog title={say("keys.title")} onClose={() => actions.toggleSheet("keys")}>
      <dl class="keys">
        {keys.map(([key, word]) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(word)}</dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        class="button"
        onClick={() => {
          actions.toggleSheet("keys");
          actions.setTour(0);
        }}
      >
        {say("tour.title")}
      </button>
    </Dialog>
  );
}
