import { dateWords } from '#calendar'
import {
  DataTable,
  type Furniture,
  hundredBar,
  Panel,
  PrintButton,
  renderPage,
  Section,
  Tag,
  type TagColour,
} from '#ui'
import { thingOf } from './asked-words.ts'
import { decisionsOf, type Question, questionsOf, type Sureness, threeSentences } from './one-page-words.ts'
import type { Answered } from './pages.tsx'
import { ReachTable } from './reach-table.tsx'
import { hundredParts, percent, regressionLines } from './sentences.ts'
import type { StaffLine } from './staff-store.ts'
import type { Answer, Effect } from './types.ts'
import type { Value } from './value-words.ts'

const colours: Readonly<Record<Sureness, TagColour>> = {
  Sure: 'green',
  'Fairly sure': 'blue',
  'Cannot tell yet': 'yellow',
  'Not measured': 'yellow',
}

/** One page a programme for somebody with ten minutes before a board. */
export function onePage(view: {
  readonly furniture: Furniture
  readonly chosen: Answered
  readonly value?: Value
  /** What staff said, of every place and quarter that may be told. */
  readonly staff?: readonly StaffLine[]
}) {
  const { furniture, chosen, value, staff } = view
  const { programme, result } = chosen
  const address = `/evaluation?programme=${encodeURIComponent(programme.key)}`
  const questions = result && questionsOf(result.answer, result.service, { value, lot: result.lot, staff })
  return renderPage({
    furniture,
    title: programme.template.name,
    caption: result
      ? `To ${dateWords(result.dataTo)}. Counts under 8 are not shown`
      : 'There is no answer yet',
    back: { href: address, words: 'Back to Did it help?' },
    acts: <PrintButton>Print this page</PrintButton>,
    isStamped: true,
    children: questions ? (
      <>
        <Panel kind="caution" heading={threeSentences(questions, result.answer)} />
        <Questions questions={questions} />
        {result.answer.kind === 'answered' && <WhyNot effect={result.answer} />}
        <Decisions choices={decisionsOf(result.answer, questions)} />
        <Words />
        {result.service && (
          <div className="kw-not-on-paper">
            <ReachTable reach={result.service.reach} />
          </div>
        )}
        <p className="kw-second kw-not-on-paper">
          <a href={address.replace('/evaluation', '/evaluation/one-page/pdf')}>This page as a PDF</a>{' '}
          <a href={address.replace('/evaluation', '/evaluation/report')}>The full report</a>{' '}
          <a href={address.replace('/evaluation', '/evaluation/prices')}>Prices</a>
        </p>
      </>
    ) : (
      <p>It is worked out every night, and after each load of records.</p>
    ),
  })
}

// One side of A4: the first lines of each answer weigh most, and the report has the rest.
const mostLines = 5

function Questions({ questions }: { readonly questions: readonly Question[] }) {
  return (
    <div className="kw-answers">
      <DataTable
        caption="Six questions"
        isCaptionHidden
        rows={questions}
        keyOf={({ question }) => question.toLowerCase().replaceAll(/[^a-z]+/g, '-')}
        columns={[
          { head: 'Question', cell: ({ question }) => question },
          {
            head: 'Answer',
            cell: ({ answer, evidence }) => (
              <>
                <b>{answer}</b>
                {evidence.slice(0, mostLines).map((line) => (
                  <div key={line}>{line}</div>
                ))}
              </>
            ),
            width: 'wide',
          },
          { head: 'How sure', width: 'narrow', cell: ({ sure }) => <Tag colour={colours[sure]}>{sure}</Tag> },
          { head: 'What next', cell: ({ next }) => next, width: 'middle' },
        ]}
      />
    </div>
  )
}

function WhyNot({ effect }: { readonly effect: Effect & Pick<Answer, 'asked'> }) {
  const own = effect.regression.ownChangePercent
  if (own >= 0) return null
  return (
    <Section heading={`Why we do not say “${percent(own)} fewer”`}>
      {hundredBar({
        name: `100 ${thingOf(effect).many} in the year before joining`,
        ...hundredParts(effect),
        events: Math.min(effect.helped.events, effect.matched.events),
      })}
      <p>
        {regressionLines(effect)[0]} People join after a bad year. Most bad years are followed by better ones,
        with or without help.{' '}
        <a className="kw-not-on-paper" href="/evaluation/teacher">
          Try it yourself
        </a>
      </p>
    </Section>
  )
}

function Decisions({ choices }: { readonly choices: readonly string[] }) {
  return (
    <Section heading="For you to decide">
      {choices.length === 0 ? (
        <p>Nothing now.</p>
      ) : (
        <ol>
          {choices.map((choice) => (
            <li key={choice}>{choice}</li>
          ))}
        </ol>
      )}
    </Section>
  )
}

// One short paragraph: it has to stand on the same sheet as what it explains.
const Words = () => (
  <p className="kw-second">
    What the words mean. <b>Sure</b>: counted, and whoever did not answer could not turn it round.{' '}
    <b>Fairly sure</b>: estimated, the interval leaves one answer. <b>Cannot tell yet</b>: the interval holds
    both better and worse, or too few are there or answered. <b>Not measured</b>: nobody has asked or counted.
    It is not nothing.
  </p>
)
