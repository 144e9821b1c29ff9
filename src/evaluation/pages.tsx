import { dateWords, dayWords, londonDate, timeWords } from '#calendar'
import type { Progress } from '#jobs'
import type { Programme } from '#organisations'
import {
  Button,
  Chips,
  DataTable,
  EmptyState,
  type Furniture,
  HiddenFields,
  Panel,
  PostForm,
  renderPage,
  Section,
} from '#ui'
import { AnswerParts } from './answer-parts.tsx'
import { lotSaid } from './lot-words.ts'
import type { MethodTrial } from './made-up-services.ts'
import { captionOf, type Said, verdictSaid } from './sentences.ts'
import type { Result } from './store.ts'

/** A programme with its newest answer, where there is one. */
export type Answered = {
  readonly programme: Programme
  readonly result?: Result
  readonly trial?: MethodTrial
}

const linkTo = ({ programme }: Answered, path = '/evaluation') =>
  `${path}?programme=${encodeURIComponent(programme.key)}`

/** The newest answer. It never waits for a run: one that goes on is told, and the last answer stays. */
export function answerPage(view: {
  readonly furniture: Furniture
  readonly all: readonly Answered[]
  readonly chosen?: Answered
  readonly running?: Progress
  /** Whether the reader may have it answered now. */
  readonly mayAsk?: boolean
}): string {
  const { furniture, all, chosen, running, mayAsk } = view
  const name = chosen?.programme.template.name
  const result = chosen?.result
  return renderPage({
    furniture,
    title: 'Did it help?',
    caption: name && result ? captionOf(name, result.answer) : name,
    isStamped: true,
    children: (
      <>
        <ProgrammeChips all={all} chosen={chosen} />
        {running && <Running job={running} hasAnswer={result !== undefined} />}
        {result ? (
          <Verdict result={result} trial={chosen?.trial} />
        ) : (
          <NoAnswerYet isRunning={running !== undefined} />
        )}
        {chosen && result && <Foot chosen={chosen} result={result} />}
        <nav aria-label="More">
          <ul>
            {chosen && (
              <>
                <li>
                  <a href={linkTo(chosen, '/evaluation/one-page')}>One page for a board</a>
                </li>
                <li>
                  <a href={linkTo(chosen, '/evaluation/report')}>The full report</a>
                </li>
                <li>
                  <a href={linkTo(chosen, '/evaluation/protocol')}>How we know</a>
                </li>
              </>
            )}
            <li>
              <a href="/evaluation/teacher">What falls by itself</a>
            </li>
            <li>
              <a href="/evaluation/power">Could we ever know?</a>
            </li>
            <li>
              <a href="/evaluation/claims">Check a claim</a>
            </li>
            <li>
              <a href="/evaluation/rollouts">Start in turn, by lot</a>
            </li>
            <li>
              <a href="/evaluation/staff">What staff say</a>
            </li>
          </ul>
        </nav>
        {mayAsk && chosen && !running && (
          <PostForm action="/evaluation/now">
            <HiddenFields fields={{ programme: chosen.programme.key }} />
            <Button kind="secondary">Work it out now</Button>
          </PostForm>
        )}
      </>
    ),
  })
}

function ProgrammeChips({ all, chosen }: { readonly all: readonly Answered[]; readonly chosen?: Answered }) {
  if (all.length < 2) return null
  const chips = all.map((one) => ({
    href: linkTo(one),
    words: one.programme.template.name,
    isCurrent: one.programme.id === chosen?.programme.id,
  }))
  return <Chips label="Programme" chips={chips} />
}

function Running({ job, hasAnswer }: { readonly job: Progress; readonly hasAnswer: boolean }) {
  return (
    <p>
      Running since {timeWords(job.startedAt)}: {job.words}.
      {hasAnswer && ' The last answer stays until it is done.'}
    </p>
  )
}

function NoAnswerYet({ isRunning }: { readonly isRunning: boolean }) {
  return (
    <EmptyState says="There is no answer yet.">
      <p>
        {isRunning
          ? 'The first one is being worked out. Come back in a few minutes.'
          : 'It is worked out every night, and after each load of records.'}
      </p>
    </EmptyState>
  )
}

function Verdict({ result, trial }: { readonly result: Result; readonly trial?: MethodTrial }) {
  return (
    <>
      {result.lot && <VerdictPanel said={lotSaid(result.lot)} />}
      <VerdictPanel said={verdictSaid(result.answer)} />
      <AnswerParts answer={result.answer} trial={trial} />
    </>
  )
}

function VerdictPanel({ said: { panel, heading, lines } }: { readonly said: Said }) {
  return (
    <Panel kind={panel} heading={heading}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Panel>
  )
}

function Foot({ chosen, result }: { readonly chosen: Answered; readonly result: Result }) {
  return (
    <p className="kw-second">
      Worked out on {dateWords(londonDate(result.ranAt))} from records to {dateWords(result.dataTo)}, by
      version {result.protocolVersion} of the method, {lockedWords(result)}.{' '}
      <a href={linkTo(chosen, '/evaluation/past')}>Past answers</a>
    </p>
  )
}

const lockedWords = ({ lockedAt, lockedByName }: Result) =>
  `locked on ${dateWords(londonDate(lockedAt))}${lockedByName ? ` by ${lockedByName}` : ' as it ships'}`

/** Every answer there has been, newest first: one that changed is not hidden. */
export function pastPage(view: {
  readonly furniture: Furniture
  readonly chosen?: Answered
  readonly results: readonly Result[]
}): string {
  const { furniture, chosen, results } = view
  return renderPage({
    furniture,
    title: 'Past answers',
    caption: chosen?.programme.template.name,
    back: { href: chosen ? linkTo(chosen) : '/evaluation', words: 'Back to Did it help?' },
    isStamped: true,
    children: (
      <Section heading="What was answered, and when" count={results.length}>
        {results.length === 0 ? (
          <EmptyState says="There is no answer yet." />
        ) : (
          <PastTable results={results} />
        )}
      </Section>
    ),
  })
}

function PastTable({ results }: { readonly results: readonly Result[] }) {
  return (
    <DataTable
      caption="Answers, newest first"
      isCaptionHidden
      rows={results}
      keyOf={({ id }) => `answer-${id}`}
      columns={[
        { head: 'Worked out', cell: ({ ranAt }) => dayWords(londonDate(ranAt)) },
        { head: 'Records to', cell: ({ dataTo }) => dateWords(dataTo) },
        { head: 'Answer', cell: ({ answer }) => verdictSaid(answer).heading },
        { head: 'In full', cell: ({ answer }) => verdictSaid(answer).lines.join(' '), width: 'wide' },
      ]}
    />
  )
}
