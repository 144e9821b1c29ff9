import { addDays, dateWords, daysBetween, type LondonDate } from '#calendar'
import type { Agreement, Organisation } from '#organisations'
import {
  Button,
  DataTable,
  DateField,
  Details,
  EmptyState,
  Panel,
  PostForm,
  Section,
  Select,
  Tag,
  TextField,
} from '#ui'
import type { Problem, StaffVisit } from './types.ts'

export const placesAddress = '/organisations/places'

/** Who may see emergency summaries at night by which agreement, with the forms that make and end one. */
export function Agreements(props: {
  readonly agreements: readonly Agreement[]
  readonly partners: readonly Organisation[]
  readonly visit: StaffVisit
  readonly problems: readonly Problem[]
}) {
  const { agreements, partners, visit, problems } = props
  return (
    <Section heading="Agreements with out of hours">
      <p>
        While an agreement holds, whoever works there sees the emergency summary of everybody with an open
        episode who wishes it, and nobody else’s. Each look is in the access log.
      </p>
      {runningOut(agreements, visit.today).map(({ id, partnerName, untilOn }) => (
        <Panel key={id} kind="caution" heading={`The agreement with ${partnerName} is running out`}>
          <p>
            It holds for {daysBetween(visit.today, untilOn)} more days. After that they see nobody’s summary.
            Sign the next one and write it down here.
          </p>
        </Panel>
      ))}
      {agreements.length === 0 ? (
        <EmptyState says="There is no agreement. Out of hours sees nobody." />
      ) : (
        <DataTable
          caption="Agreements"
          isCaptionHidden
          rows={agreements}
          keyOf={({ id }) => id}
          columns={[
            { head: 'With', cell: ({ partnerName }) => partnerName, width: 'middle' },
            { head: 'Holds', cell: (agreement) => <Holds agreement={agreement} visit={visit} /> },
            { head: 'Which agreement', cell: ({ basis }) => basis },
            { head: 'Written down by', cell: ({ madeByName }) => madeByName ?? 'Keyworker' },
            {
              head: 'End it',
              isHeadHidden: true,
              cell: (agreement) => <End agreement={agreement} visit={visit} problems={problems} />,
            },
          ]}
        />
      )}
      {partners.length === 0 ? (
        <p>To write one down, first add the out-of-hours organisation below.</p>
      ) : (
        <Make partners={partners} />
      )}
    </Section>
  )
}

const warnedDays = 60

/** Agreements that hold today, end within 60 days, and are followed by no other with the same organisation. */
export function runningOut(agreements: readonly Agreement[], today: LondonDate) {
  const holds = ({ fromOn, endedByName }: Agreement) => fromOn !== undefined && endedByName === undefined
  return agreements.filter(holds).flatMap((agreement) => {
    const { partnerId, fromOn = today, untilOn } = agreement
    if (!untilOn || fromOn > today || untilOn <= today || daysBetween(today, untilOn) > warnedDays) return []
    const isFollowed = agreements.some(
      (next) => holds(next) && next.partnerId === partnerId && next.fromOn === untilOn,
    )
    return isFollowed ? [] : [{ ...agreement, untilOn }]
  })
}

const hasEnded = ({ untilOn, endedByName }: Agreement, { today }: StaffVisit) =>
  endedByName !== undefined || (untilOn !== undefined && untilOn <= today)

function Holds({ agreement, visit }: { readonly agreement: Agreement; readonly visit: StaffVisit }) {
  const { fromOn, untilOn, endedByName, endedReason } = agreement
  if (endedByName)
    return (
      <>
        <Tag colour="grey">Ended</Tag> by {endedByName}: {endedReason}
      </>
    )
  const last = untilOn ? `to ${dateWords(addDays(untilOn, -1))}` : 'until somebody ends it'
  const words = fromOn ? `From ${dateWords(fromOn)} ${last}` : 'On no day'
  if (hasEnded(agreement, visit)) return <>{words}. It is over.</>
  return <>{fromOn && fromOn > visit.today ? `${words}. It has not begun.` : words}</>
}

function End(props: {
  readonly agreement: Agreement
  readonly visit: StaffVisit
  readonly problems: readonly Problem[]
}) {
  const { agreement, visit, problems } = props
  if (hasEnded(agreement, visit)) return null
  const field = `reason-${agreement.id}`
  return (
    <Details
      summary={`End the agreement with ${agreement.partnerName}`}
      isOpen={problems.some((one) => one.field === field)}
    >
      <PostForm action={`${placesAddress}/agreements/${agreement.id}/end`}>
        <TextField name={field} label="Why does it end?" hint="They see nobody from that moment" />
        <Button kind="secondary" about={`with ${agreement.partnerName}`}>
          End it today
        </Button>
      </PostForm>
    </Details>
  )
}

const Make = ({ partners }: { readonly partners: readonly Organisation[] }) => (
  <Details summary="Write an agreement down">
    <PostForm action={`${placesAddress}/agreements`}>
      <Select
        name="partner"
        label="With whom?"
        prompt="Select an organisation"
        choices={partners.map(({ id, name }) => ({ value: id, words: name }))}
      />
      <TextField
        name="basis"
        label="Which agreement is it?"
        hint="Its title and date, as on the paper both sides signed"
        widthChars={30}
      />
      <DateField name="from" label="Its first day" />
      <DateField
        name="last"
        label="Its last day"
        hint="Leave it empty where it holds until it is ended"
        isOptional
      />
      <Button>Write this agreement down</Button>
    </PostForm>
  </Details>
)
