import { Columns, DataTable, hundredBar, lovePlot, monthLines, Section, Tag, type TagColour } from '#ui'
import { thingOf } from './asked-words.ts'
import { type Check, type CheckVerdict, checksOf, trialCheck } from './checks.ts'
import { FurtherParts } from './further-parts.tsx'
import type { MethodTrial } from './made-up-services.ts'
import { hundredParts, peopleWords, regressionLines } from './sentences.ts'
import type { Answer, Arm, Compared, EffectAsked } from './types.ts'
import { yearAfter } from './year-after.ts'

/** Everything below the verdict that this answer may show. Withheld and too-small ones show no effect anywhere. */
export function AnswerParts({ answer, trial }: { readonly answer: Answer; readonly trial?: MethodTrial }) {
  if (answer.kind === 'not ready' || answer.kind === 'not powered') return null
  const effect = answer.kind === 'answered' ? answer : undefined
  return (
    <>
      {effect && <HowMuch effect={effect} />}
      {effect && <MonthByMonth effect={effect} />}
      <Columns
        split="half"
        main={<Alike compared={answer} />}
        side={<HowSure checks={[...checksOf(answer, effect), ...trialCheck(trial)]} />}
      />
      {effect && <FurtherParts effect={effect} />}
    </>
  )
}

function HowMuch({ effect }: { readonly effect: EffectAsked }) {
  return (
    <Section heading="How much of the fall was the service?">
      {regressionLines(effect).map((line) => (
        <p key={line}>{line}</p>
      ))}
      {hundredBar({
        name: `100 ${thingOf(effect).many} in the year before joining`,
        ...hundredParts(effect),
        events: Math.min(effect.helped.events, effect.matched.events),
      })}
    </Section>
  )
}

function MonthByMonth({ effect }: { readonly effect: EffectAsked }) {
  return <Columns split="side" main={<Months effect={effect} />} side={<YearAfter effect={effect} />} />
}

function YearAfter({ effect }: { readonly effect: EffectAsked }) {
  return (
    <Section heading={`In ${thingOf(effect).span} after joining`}>
      <DataTable
        caption={`In ${thingOf(effect).span} after joining, a person-year`}
        isCaptionHidden
        density="dense"
        rows={yearAfter(effect)}
        keyOf={({ what }) => what.toLowerCase().replaceAll(/[^a-z]+/g, '-')}
        columns={[
          { head: 'A person-year', cell: ({ what }) => what },
          { head: 'Helped', cell: ({ helped }) => helped, isNumber: true },
          { head: 'Matched', cell: ({ matched }) => matched, isNumber: true },
        ]}
      />
      <p className="kw-second">Only the first row was the question set beforehand.</p>
    </Section>
  )
}

function Months({ effect }: { readonly effect: EffectAsked }) {
  const { helped, matched } = effect
  return (
    <Section heading="Month by month">
      {monthLines({
        name: `${thingOf(effect).Many} per 100 people a month`,
        monthsBefore: 12,
        indexWords: 'joined',
        helped: { words: `${peopleWords(helped.people)} helped`, values: monthly(helped) },
        matched: { words: `${peopleWords(matched.people)} matched, not helped`, values: monthly(matched) },
        says: bothFall(effect)
          ? ['Both groups fall. Most of the fall is', 'the end of a bad spell.']
          : undefined,
        events: Math.min(helped.events, matched.events),
      })}
    </Section>
  )
}

/** A month's rate that rests on fewer than 10 events is not drawn. */
const monthly = ({ monthlyRates, monthlyEvents }: Arm) =>
  monthlyRates.map((rate, month) => ((monthlyEvents[month] ?? 0) < 10 ? null : rate))

const bothFall = ({ regression: { ownChangePercent, controlChangePercent } }: EffectAsked) =>
  controlChangePercent < -5 && controlChangePercent < ownChangePercent / 2

/** Were they alike before? Each fact, before matching and after. */
export function Alike({ compared }: { readonly compared: Compared }) {
  return (
    <Section heading="Were they alike to start with?">
      <p className="kw-second">
        Counts are of the 12 months before. Distances are in standard deviations of all who joined.
      </p>
      {lovePlot({
        name: 'How far apart the two groups were',
        alikeUnder: 0.1,
        rows: [...compared.balance]
          .sort((a, b) => Math.abs(b.before) - Math.abs(a.before))
          .map(({ label, before, after }) => ({
            words: label,
            before: Math.abs(before),
            after: Math.abs(after),
          })),
      })}
    </Section>
  )
}

const colours: Readonly<Record<CheckVerdict, TagColour>> = {
  Good: 'green',
  Thin: 'yellow',
  Watch: 'yellow',
  Told: 'white',
}

function HowSure({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <Section heading="How sure can we be?">
      <DataTable
        caption="How sure can we be?"
        isCaptionHidden
        rows={checks}
        keyOf={({ check }) => check.toLowerCase().replaceAll(/[^a-z]+/g, '-')}
        columns={[
          { head: 'Check', cell: ({ check }) => check },
          { head: 'Answer', cell: ({ found }) => found, width: 'wide' },
          { head: 'Verdict', cell: ({ verdict }) => <Tag colour={colours[verdict]}>{verdict}</Tag> },
        ]}
      />
    </Section>
  )
}
