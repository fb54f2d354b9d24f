/** A Cypher editor: a plain text field over its coloured copy, with completion. */
import { useRef, useState } from "preact/hooks";
import { type Completion, complete, offsetOf, tokens, type Vocabulary } from "../state/cypher";
import { useSpeech } from "./context";

interface EditorProps {
  readonly value: string;
  readonly vocabulary: Vocabulary;
  readonly error: { readonly line: number; readonly column: number } | null;
  readonly onInput: (value: string) => void;
  readonly onRun: () => void;
}

export function Editor({ value, vocabulary, error, onInput, onRun }: EditorProps) {
  const { say } = useSpeech();
  const field = useRef<HTMLTextAreaElement>(null);
  const [offer, setOffer] = useState<Completion | null>(null);
  const [at, setAt] = useState(0);
  const suggest = (wanted: string, place: number, isAsked: boolean): void => {
    const found = complete(wanted, place, vocabulary);
    setAt(0);
    setOffer(
      found.words.length > 0 && (isAsked || place > found.from || /[:.|]\s?$/.test(wanted.slice(0, found.from)))
        ? found
        : null,
    );
  };
  const take = (word: string | undefined): void => {
    const area = field.current;
    if (!offer || !word || !area) return;
    const next = value.slice(0, offer.from) + word + value.slice(area.selectionStart);
    onInput(next);
    setOffer(null);
    requestAnimationFrame(() => area.setSelectionRange(offer.from + word.length, offer.from + word.length));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "Enter") onRun();
    else if (isCommand && event.key === " ") suggest(value, field.current?.selectionStart ?? 0, true);
    else if (!offer) return;
    else if (event.key === "ArrowDown") setAt((at + 1) % offer.words.length);
    else if (event.key === "ArrowUp") setAt((at - 1 + offer.words.length) % offer.words.length);
    else if (event.key === "Enter" || event.key === "Tab") take(offer.words[at]);
    else if (event.key === "Escape") setOffer(null);
    else return;
    event.preventDefault();
  };
  const rows = Math.min(16, Math.max(5, value.split("\n").length + 1));
  return (
    <div class="editor">
      <div class="editor-area">
        <pre aria-hidden="true">
          <code>
            <Coloured value={value} error={error} />
            {"\n"}
          </code>
        </pre>
        <textarea
          ref={field}
          rows={rows}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          aria-label={say("query.label")}
          value={value}
          aria-controls="completions"
          aria-autocomplete="list"
          aria-activedescendant={offer ? `completion-${at}` : undefined}
          onInput={(event) => {
            onInput(event.currentTarget.value);
            suggest(event.currentTarget.value, event.currentTarget.selectionStart, false);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOffer(null)}
        />
      </div>
      <ul id="completions" role="listbox" aria-label={say("query.complete")} class="completions" hidden={!offer}>
        {offer?.words.map((word, index) => (
          <li
            role="option"
            id={`completion-${index}`}
            aria-selected={index === at}
            onMouseDown={(event) => {
              event.preventDefault();
              take(word);
            }}
          >
            {word}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Coloured({ value, error }: Pick<EditorProps, "value" | "error">) {
  const wrong = error ? offsetOf(value, error.line, error.column) : -1;
  let end = 0;
  return (
    <>
      {tokens(value).map(({ sort, text }) => {
        const isWrong = wrong >= end && wrong < end + text.length;
        end += text.length;
        return <span class={`code-${sort}${isWrong ? " is-wrong" : ""}`}>{text}</span>;
      })}
    </>
  );
}
