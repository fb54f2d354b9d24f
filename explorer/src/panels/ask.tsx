/** A question in plain words; the answer as a sentence, on the drawing, with its quotes and its Cypher. */
import { useEffect, useState } from "preact/hooks";
import { Problem, service } from "../api/client";
import type { Answer, ClaimFacts } from "../api/shapes";
import { takeClaims } from "../controls/found";
import { argsOf, backTo, followedBy, questionsIn } from "../state/conversation";
import examples from "../words/examples.json";
import { usePage, useSpeech, useView } from "./context";
import { ClaimCard } from "./evidence";
import { Icon } from "./icons";
import { EntityLink, Heading, Trouble } from "./parts";

export function AskPanel() {
  const { actions } = usePage();
  const { say, language } = useSpeech();
  const { panel } = useView();
  const questions = questionsIn(panel.args);
  const ask = (question: string): void => actions.open("ask", argsOf([question]));
  return (
    <section class="ask">
      <Heading>{say("ask.title")}</Heading>
      <QuestionForm
        label={say("ask.label")}
        placeholder={say("ask.placeholder")}
        start={questions.length === 1 ? questions[0]! : ""}
        onAsk={ask}
      />
      {questions.length > 0 && <Asked questions={questions} key={[language, ...questions].join("\n")} />}
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

interface FormProps {
  readonly label: string;
  readonly placeholder: string;
  readonly start: string;
  readonly onAsk: (question: string) => void;
}

function QuestionForm({ label, placeholder, start, onAsk }: FormProps) {
  const { say } = useSpeech();
  const [text, setText] = useState(start);
  useEffect(() => setText(start), [start]);
  const ask = (): void => {
    if (text.trim()) onAsk(text);
  };
  return (
    <form
      class="ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <textarea
        aria-label={label}
        placeholder={placeholder}
        rows={2}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          ask();
        }}
      />
      <button type="submit" class="button is-main" aria-label={say("ask.send")}>
        <Icon name="send" />
      </button>
    </form>
  );
}

interface State {
  readonly answers: readonly Answer[];
  readonly claims: readonly ClaimFacts[];
  readonly failure: Error | null;
}

/** The answers to questions that follow one another: the last in full, those before it as a line each. */
function Asked({ questions }: { readonly questions: readonly string[] }) {
  const { session, actions } = usePage();
  const { say, language } = useSpeech();
  const [{ answers, claims, failure }, setState] = useState<State>({ answers: [], claims: [], failure: null });
  useEffect(() => {
    let isCurrent = true;
    const found = async (): Promise<void> => {
      const all = await actions.conversation.ask(questions, language);
      const last = all.at(-1)!;
      const told = await claimsOf(last);
      if (!isCurrent) return;
      setState({ answers: all, claims: told, failure: null });
      const { nodes, edges } = takeClaims(session, told);
      if (last.answered && nodes.length > 0) actions.accompany(nodes, edges);
    };
    found().catch((why: Error) => isCurrent && setState({ answers: [], claims: [], failure: why }));
    return () => {
      isCurrent = false;
    };
  }, []);
  if (failure) return failure instanceof Problem ? <Trouble failure={failure} /> : null;
  const answer = answers.at(-1);
  if (!answer)
    return (
      <p class="quiet is-loading" role="status">
        {say("loading")}
      </p>
    );
  return (
    <>
      <Turns questions={questions} answers={answers} />
      <AnswerCard answer={answer} claims={claims} />
    </>
  );
}

const MOST_CLAIMS = 40;

/** The claims that an answer stands on, in full. */
async function claimsOf(answer: Answer): Promise<readonly ClaimFacts[]> {
  const ids = answer.claims.slice(0, MOST_CLAIMS).map(({ id }) => id);
  return ids.length > 0 ? (await service.claims({ id: ids, limit: MOST_CLAIMS })).items : [];
}

/** Earlier questions with their answers, each of which can be gone back to; then the question that is answered now. */
function Turns({ questions, answers }: { readonly questions: readonly string[]; readonly answers: readonly Answer[] }) {
  const { actions } = usePage();
  const { panel } = useView();
  if (questions.length < 2) return null;
  return (
    <ol class="turns">
      {questions.slice(0, -1).map((question, at) => (
        <li>
          <button type="button" class="turn" onClick={() => actions.open("ask", backTo(panel.args, at))}>
            <span class="turn-question">{question}</span>
            <span class="turn-answer">{answers[at]?.answer}</span>
          </button>
        </li>
      ))}
      <li class="turn-question">{questions.at(-1)}</li>
    </ol>
  );
}

function FollowUp() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const { panel } = useView();
  return (
    <QuestionForm
      label={say("ask.follow")}
      placeholder={say("ask.followPlaceholder")}
      start=""
      onAsk={(question) => actions.open("ask", followedBy(panel.args, question))}
    />
  );
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
      <FollowUp />
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
