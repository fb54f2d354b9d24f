/** The search field: names as one types, chosen by keyboard or pointer (the combobox pattern). */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { service } from "../api/client";
import type { SearchItem } from "../api/shapes";
import type { EntityRef } from "../state/facts";
import { usePage, useSpeech } from "./context";
import { Icon } from "./icons";
import { KindMark } from "./marks";

interface SearchProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly id?: string;
  readonly onChoose: (entity: EntityRef) => void;
  /** Empties the field after a choice; else the chosen name stays in it. */
  readonly clears?: boolean;
}

export function Search({ label, placeholder, value = "", id, onChoose, clears = false }: SearchProps) {
  const { say } = useSpeech();
  const listId = useId();
  const [text, setText] = useState(value);
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const items = useMatches(isOpen ? text : "");
  useEffect(() => setText(value), [value]);
  const choose = (item: SearchItem | undefined): void => {
    if (!item) return;
    setOpen(false);
    setText(clears ? "" : item.entity.name);
    onChoose(item.entity);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const count = items?.length ?? 0;
    if (event.key === "ArrowDown") setAt((now) => (now + 1) % Math.max(count, 1));
    else if (event.key === "ArrowUp") setAt((now) => (now - 1 + count) % Math.max(count, 1));
    else if (event.key === "Enter") choose(items?.[at]);
    else if (event.key === "Escape") setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isListed = isOpen && items !== null;
  return (
    <div
      class="search"
      onFocusOut={(event) => !(event.currentTarget as Node).contains(event.relatedTarget as Node) && setOpen(false)}
    >
      <Icon name="search" />
      <input
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={label}
        placeholder={placeholder ?? ""}
        aria-expanded={isListed}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isListed && items[at] ? `${listId}-${at}` : undefined}
        value={text}
        onKeyDown={onKeyDown}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
          setOpen(true);
        }}
      />
      <ul id={listId} role="listbox" aria-label={label} class="search-list" hidden={!isListed}>
        {isListed &&
          items.map((item, index) => (
            <Match item={item} id={`${listId}-${index}`} isAt={index === at} onChoose={() => choose(item)} />
          ))}
        {isListed && items.length === 0 && (
          <li class="quiet" role="option" aria-selected="false" aria-disabled="true">
            {say("search.none", { q: text })}
          </li>
        )}
      </ul>
    </div>
  );
}

function Match(props: {
  readonly item: SearchItem;
  readonly id: string;
  readonly isAt: boolean;
  readonly onChoose: () => void;
}) {
  const { item, id, isAt, onChoose } = props;
  const speech = useSpeech();
  const name = speech.name(item.entity);
  return (
    <li
      id={id}
      role="option"
      aria-selected={isAt}
      onMouseDown={(event) => {
        event.preventDefault();
        onChoose();
      }}
    >
      <KindMark kinds={item.entity.kinds} />
      <span class="search-name">{name}</span>
      {item.matched !== name && <span class="quiet">{speech.say("search.matched", { name: item.matched })}</span>}
      <span class="search-kind">{item.entity.kinds.map(speech.kind).join(", ")}</span>
    </li>
  );
}

const PAUSE = 90;

/** Matches for a text, a moment after the last key; null while there is nothing to look for. */
function useMatches(text: string): readonly SearchItem[] | null {
  const { actions } = usePage();
  const [items, setItems] = useState<readonly SearchItem[] | null>(null);
  const wanted = useRef("");
  useEffect(() => {
    const q = text.trim();
    wanted.current = q;
    if (q === "") return setItems(null);
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      service.search(q, aborter.signal).then(
        ({ items: found }) => wanted.current === q && setItems(found),
        (failure) => actions.report(failure),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [text]);
  return items;
}
