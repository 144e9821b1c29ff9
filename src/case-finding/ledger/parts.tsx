import { DataTable, Details, Panel, Section } from '#ui'
import { pooledAgreement } from '../agreement.ts'
import { rateWords } from '../equity-words.ts'
import type { NameOf } from '../group-names.ts'
import { followedDays } from '../later/rules.ts'
import { reasonWords } from '../rules.ts'
import { capital, counted } from '../words.ts'
import { durationWords, looksStamped, type ReasonLine } from './rules.ts'
import type { Pace, PracticePairs } from './types.ts'

/** How far judges agree in all practices together. */
export function AgreementInAll({ practices }: { readonly practices: readonly PracticePairs[] }) {
  const { pairs, same, kappa } = pooledAgreement(practices)
  return (
    <Section heading="How far judges agree" isRuled={false}>
      <p>
        {kappa
          ? `In all practices together ${counted(pairs, 'person was', 'people were')} judged by two, who agreed about ${same.toLocaleString('en-GB')}. Beyond chance that is a kappa of ${kappa.value.toFixed(2)} (${kappa.low.toFixed(2)} to ${kappa.high.toFixed(2)}).`
          : `${pairsWords(pairs)} 10 are needed, not all judged alike, to say how far judges agree.`}
      </p>
      <p className="kw-second">
        Chance is worked out within each practice, for two that accept very differently would otherwise look
        as if their judges agreed. Practices with fewer than 10 such people are one among themselves.
      </p>
    </Section>
  )
}

function pairsWords(pairs: number): string {
  if (pairs === 0) return 'Nobody has been judged by two.'
  return pairs < 8
    ? 'Fewer than 8 people were judged by two in all practices together.'
    : `${pairs.toLocaleString('en-GB')} people were judged by two in all practices together.`
}

/** What became of people by the reason they were decided on for, and of those nobody judged. */
export function LaterByReason({ lines }: { readonly lines: readonly ReasonLine[] }) {
  if (lines.length === 0) return null
  return (
    <Details summary="What happened later, by reason, and to those nobody judged">
      <DataTable
        caption={`Emergency admissions in the ${followedDays} days after, by reason`}
        isCaptionHidden
        rows={lines}
        keyOf={({ decision, reason }) => `reason-${decision}-${reason}`.replaceAll(/[^a-z0-9]+/gi, '-')}
        columns={[
          { head: 'Decision', cell: ({ decision }) => capital(decision) },
          { head: 'Reason', cell: (line) => wordsOf(line), width: 'wide' },
          { head: 'People', cell: ({ people }) => people, isNumber: true },
          { head: 'Admitted', cell: ({ admitted }) => admitted, isNumber: true },
          {
            head: 'Of 100',
            cell: ({ of100, people, admitted }) => rateWords(of100, people, admitted),
            isNumber: true,
          },
        ]}
      />
      <p className="kw-second">
        Of a decision, from the day after it. Of those nobody judged, from the day after the list that had
        them; whoever a hold-out did not show is not among them.
      </p>
    </Details>
  )
}

const wordsOf = ({ decision, reason }: ReasonLine) =>
  decision === 'never judged' ? 'On a list, and nobody has judged them since' : reasonWords(decision, reason)

/**
 * To whoever leads: practices whose decisions look as if the list had made them. Of a practice, never of a person, and a
 * reason to look together.
 */
export function LooksStamped(props: { readonly paces: readonly Pace[]; readonly nameOf: NameOf }) {
  const { paces, nameOf } = props
  const stamped = paces.filter(looksStamped)
  if (stamped.length === 0) return null
  return (
    <Panel kind="caution" heading="Is somebody still deciding?">
      {stamped.map(({ practiceCode, decisions, accepted, medianSeconds }) => (
        <p key={practiceCode}>
          {nameOf(`Practice ${practiceCode}`)} accepted {accepted.toLocaleString('en-GB')} of{' '}
          {decisions.toLocaleString('en-GB')} people in 90 days, half of them within{' '}
          {durationWords(medianSeconds ?? 0)} of opening them.
        </p>
      ))}
      <p>
        It may be that they know everybody on it, or that the list has decided. Read a few of those accepted
        together with the practice, and ask what would have made them say no.
      </p>
    </Panel>
  )
}
