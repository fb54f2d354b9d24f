/** The sections of the page. */
import type { PanelName } from "../state/view";
import { usePage, useSpeech, useView } from "./context";
import { Icon } from "./icons";

const SECTIONS = [
  "explore",
  "ask",
  "ways",
  "query",
  "documents",
  "identity",
  "conflicts",
  "filters",
  "table",
] as const satisfies readonly PanelName[];

export function Rail() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const { panel } = useView();
  const here = panel.name === "document" ? "documents" : panel.name;
  return (
    <nav class="rail" aria-label={say("nav.label")}>
      {SECTIONS.map((name) => (
        <button
          type="button"
          aria-current={here === name ? "page" : undefined}
          onClick={() => actions.open(here === name ? "explore" : name)}
        >
          <Icon name={name} />
          <span>{say(`nav.${name}`)}</span>
        </button>
      ))}
    </nav>
  );
}
