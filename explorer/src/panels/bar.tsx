/** The bar at the top: name of the page, search, undo and redo, and what concerns the whole page. */

import type { ThemeChoice } from "../state/session";
import { LANGUAGES, type Language } from "../words/language";
import { LANGUAGE_NAMES } from "../words/words";
import { usePage, useSession, useSpeech } from "./context";
import { IconButton } from "./parts";
import { Search } from "./search";

const THEMES: readonly ThemeChoice[] = ["system", "light", "dark"];

export function Bar() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const canUndo = useSession((state) => state.history.past.length > 0);
  const canRedo = useSession((state) => state.history.future.length > 0);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(location.href);
    actions.note(say("tool.copied"));
  };
  return (
    <header class="bar">
      <h1 class="brand">
        <img src={new URL("../mark.svg", import.meta.url).href} alt="" width="26" height="26" />
        <span>{say("app.name")}</span>
      </h1>
      <Search
        id="search"
        label={say("search.label")}
        placeholder={say("search.placeholder")}
        clears
        onChoose={({ id }) => actions.visit(id)}
      />
      <div class="bar-tools">
        <IconButton
          icon="undo"
          label={say("tool.undo")}
          keys="Ctrl+Z"
          disabled={!canUndo}
          onClick={() => actions.undo()}
        />
        <IconButton
          icon="redo"
          label={say("tool.redo")}
          keys="Ctrl+Shift+Z"
          disabled={!canRedo}
          onClick={() => actions.redo()}
        />
        <span class="bar-gap" />
        <IconButton icon="export" label={say("tool.export")} onClick={() => actions.toggleSheet("export")} />
        <IconButton icon="link" label={say("tool.link")} onClick={() => void copy()} />
        <ThemeButton />
        <LanguageChoice />
        <IconButton icon="help" label={say("tool.help")} keys="?" onClick={() => actions.toggleSheet("keys")} />
      </div>
    </header>
  );
}

function ThemeButton() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const theme = useSession((state) => state.theme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  return (
    <IconButton
      icon={theme}
      label={say("tool.theme", { value: say(`theme.${theme}`) })}
      onClick={() => actions.setTheme(next)}
    />
  );
}

function LanguageChoice() {
  const { actions } = usePage();
  const { say, language } = useSpeech();
  return (
    <select
      class="language"
      aria-label={say("tool.language")}
      value={language}
      onChange={(event) => actions.setLanguage(event.currentTarget.value as Language)}
    >
      {LANGUAGES.map((each) => (
        <option value={each} selected={each === language}>
          {LANGUAGE_NAMES[each]}
        </option>
      ))}
    </select>
  );
}
