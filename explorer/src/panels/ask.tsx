/** A question in plain words; the answer as a sentence, on the drawing, with its quotes and its Cypher. */
import { useEffect, useState } from "preact/hooks";
import { Problem, service } from "../api/client";
import type { Answer, ClaimFacts } from "../api/shapes";
import { takeClaims } from "../controls/found";
import examples from "../words/examples.json";
import { usePage, useSpeech, useView } from "./context";
import { ClaimCard } from "./evidence";
import { Icon } from "./icons";
import { EntityLink, Heading, Trouble } from "./parts";

export function AskPanel() {
  const { actions } = usePage();
  const { say, language } = useSpeech();
  const { panel } = useView();
  const asked = panel.args.question ?? "";
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
  const ask = (question: string): void => {
    if (question.trim()) actions.open("ask", { question: question.trim() });
  };
  return (
    <section class="ask">
      <Heading>{say("ask.title")}</Heading>
      <form
        class="ask-form"
        onSubmit={(event) => {
          event.preventDefault();
          ask(text);
        }}
      >
        <textarea
          aria-label={say("ask.label")}
          placeholder={say("ask.placeholder")}
          rows={2}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            ask(text);
          }}
        />
        <button type="submit" class="button is-main" aria-label={say("ask.send")}>
          <Icon name="send" />
        </button>
      </form>
      {asked ? <Asked question={asked} key={`${asked} ${language}`} /> : null}
      <h3>{say("ask.examples")}</h3>
      <ul class="examples">
        {examples[language as keyof typeof examples].map((question) => (
          <li>
            <button type="button" class="example" onClick={() => ask(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

type State = { readonly answer: Answer | null; readonly claims: readonly ClaimFacts[]; readonly failure: Error | null };

function Asked({ question }: { readonly question: string }) {
  const { session, actions } = usePage();
  const { say, language } = useSpeech();
  const [{ answer, claims, failure }, setState] = useState<State>({ answer: null, claims: [], failure: null });
  useEffect(() => {
    let isCurrent = true;
    answered(question, language).then(
      (found) => {
        if (!isCurrent) return;
        setState({ ...found, failure: null });
        const { nodes, edges } = takeClaims(session, found.claims);
        if (found.answer.answered && nodes.length > 0) actions.accompany(nodes, edges);
      },
      (why: Error) => isCurrent && setState({ answer: null, claims: [], failure: why }),
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  if (failure) return failure instanceof Problem ? <Trouble failure={failure} /> : null;
  if (!answer)
    return (
      <p class="quiet" role="status">
        {say("loading")}
      </p>
    );
  return <AnswerCard answer={answer} claims={claims} />;
}

const MOST_CLAIMS = 40;

/** The answer, and the claims that it stands on in full. */
async function answered(
  question: string,
  language: string,
): Promise<{ answer: Answer; claims: readonly ClaimFacts[] }> {
  const answer = await service.question(question, language);
  const ids = answer.claims.slice(0, MOST_CLAIMS).map(({ id }) => id);
  return { answer, claims: ids.length > 0 ? (await service.claims({ id: ids, limit: MOST_CLAIMS })).items : [] };
}

function AnswerCard({ answer, claims }: { readonly answer: Answer; readonly claims: readonly ClaimFacts[] }) {
  const { actions } = usePage();
  const { say } = useSpeech();
  return (
    <article class="answer">
      <p class={answer.answered ? "answer-text" : "answer-text is-open"} role="status">
        {answer.answer || say("ask.notHeld")}
      </p>
      {answer.entities.length > 0 && (
        <p class="answer-names">
          {answer.entities.map((entity) => (
            <EntityLink entity={entity} />
          ))}
        </p>
      )}
      <Others title={say("ask.ambiguous")} list={answer.ambiguous} />
      <Others title={say("ask.nearest")} list={answer.nearest} />
      {claims.length > 0 && (
        <>
          <h3>
            {say("ask.evidence")} <span class="count">{answer.claims.length}</span>
          </h3>
          <ul class="claims">
            {claims.map((claim) => (
              <li>
                <ClaimCard claim={claim} told />
              </li>
            ))}
          </ul>
        </>
      )}
      {answer.cypher && (
        <details class="answer-cypher">
          <summary>{say("ask.cypher")}</summary>
          <pre>
            <code>{answer.cypher}</code>
          </pre>
          <button type="button" class="text-button" onClick={() => actions.open("query", { statement: answer.cypher })}>
            <Icon name="query" />
            {say("ask.openQuery")}
          </button>
        </details>
      )}
    </article>
  );
}

/** Candidates or neighbours of an answer: entities lead on, a name or a question is asked or looked for. */
function Others({ title, list }: { readonly title: string; readonly list: readonly unknown[] | null | undefined }) {
  const { actions } = usePage();
  if (!list || list.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="others">
        {list.map((item) => {
          const entity = entityIn(item);
          if (entity)
            return (
              <li>
                <EntityLink entity={entity} />
              </li>
            );
          return (
            <li>
              <button type="button" class="example" onClick={() => actions.open("ask", { question: String(item) })}>
                {String(item)}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function entityIn(item: unknown): { id: string; name: string; kinds: string[] } | null {
  const inside = (item as { entity?: unknown } | null)?.entity ?? item;
  const { id, name, kinds } = (inside ?? {}) as { id?: unknown; name?: unknown; kinds?: unknown };
  return typeof id === "string" && typeof name === "string"
    ? { id, name, kinds: Array.isArray(kinds) ? kinds : [] }
    : null;
}
