import type { StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { nameInSentence, nameToSearch, nhsNumberWords, readNhsNumber } from '#people'
import { Button, ButtonRow, type Column, HiddenFields, PostForm, Tag } from '#ui'
import type { PracticeList } from './candidates.ts'
import type { Candidate } from './list-rules.ts'
import { LotLine } from './lots/lot-notes.tsx'
import { canTakeBack, reasonWords } from './rules.ts'
import type { Suggestion } from './types.ts'
import { byAndWhen, reasonsOf, returnedWords, sexAndAge } from './words.ts'

const personColumn = (visit: StaffVisit, text: string): Column<Candidate> => ({
  head: 'Person',
  width: 'middle',
  cell: ({ person }) => (
    <>
      <a href={`/case-finding/${person.id}?list=${encodeURIComponent(text)}`}>{nameToSearch(person)}</a>
      <div className="kw-second">
        {sexAndAge(person, visit.today)}
        <br />
        {numberWords(person.nhsNumber)}
      </div>
    </>
  ),
})

/** In groups, on one line. */
export function numberWords(value: string | undefined): string {
  const number = value && readNhsNumber(value)
  return number ? nhsNumberWords(number) : 'No NHS number'
}

/** The columns of somebody to judge: who, why by the rule, and the three ways to decide. */
export const toJudge = (
  visit: StaffVisit,
  list: PracticeList,
  text: string,
): readonly Column<Candidate>[] => [
  personColumn(visit, text),
  ...(list.inUse ? [numberColumn] : []),
  {
    head: list.inUse ? 'Why' : 'Why, by the rule. Not validated here',
    width: 'wide',
    cell: (candidate) => <Why candidate={candidate} visit={visit} list={list} />,
  },
  {
    head: 'Your decision',
    cell: ({ person }) => {
      const keep = `list=${encodeURIComponent(text)}`
      const about = nameInSentence(person)
      const programme = `programme=${list.programme.key}`
      return (
        <ButtonRow>
          <Button
            kind="secondary"
            isSmall
            about={about}
            href={`/referrals/accept/${person.id}?${programme}&${keep}`}
          >
            Accept
          </Button>
          <Button kind="secondary" isSmall about={about} href={`/case-finding/${person.id}/defer?${keep}`}>
            Defer
          </Button>
          <Button kind="secondary" isSmall about={about} href={`/case-finding/${person.id}/decline?${keep}`}>
            Decline
          </Button>
        </ButtonRow>
      )
    },
  },
]

/** How many of 100 people with such a record, and what is usual. Only of a model in use; a drawing repeats nothing. */
const numberColumn: Column<Candidate> = {
  head: 'Emergency admission in 12 months',
  cell: ({ suggestion, person }) =>
    suggestion?.risk === undefined ? (
      <span className="kw-second">Not worked out</span>
    ) : (
      <>
        <b>{Math.round(100 * suggestion.risk)} in 100</b>
        <div className="kw-second">
          usual at {person.sex === 'female' ? 'her' : person.sex === 'male' ? 'his' : 'this'} age:{' '}
          {suggestion.usualIn100}
        </div>
      </>
    ),
}

function Why(props: {
  readonly candidate: Candidate
  readonly visit: StaffVisit
  readonly list: PracticeList
}) {
  const { candidate, visit, list } = props
  const { suggestion, standing, addedReason, elsewhere } = candidate
  const returned = returnedWords(standing)
  return (
    <>
      {suggestion?.told ? (
        <Told told={suggestion.told} />
      ) : (
        suggestion && <ByRule suggestion={suggestion} list={list} visit={visit} />
      )}
      {addedReason && <div>Added by hand: {reasonWords('added', addedReason).toLowerCase()}</div>}
      {returned && <div className="kw-second">{returned}</div>}
      {suggestion?.lot && <LotLine lot={suggestion.lot} />}
      <Flags candidate={candidate} elsewhere={elsewhere} />
    </>
  )
}

function Told({ told }: { readonly told: NonNullable<Suggestion['told']> }) {
  return (
    <>
      {told.up.length > 0 && (
        <div>
          <b>Up:</b> {told.up.join('; ')}
        </div>
      )}
      {told.down.length > 0 && (
        <div>
          <b>Down:</b> {told.down.join('; ')}
        </div>
      )}
    </>
  )
}

function ByRule(props: {
  readonly suggestion: Suggestion
  readonly list: PracticeList
  readonly visit: StaffVisit
}) {
  const { suggestion, list, visit } = props
  return (
    <div>
      <b>
        {suggestion.isReturned
          ? 'Below the cut'
          : `Rule ranking ${suggestion.rank.toLocaleString('en-GB')} of ${list.run?.cut.toLocaleString('en-GB')}`}
        :
      </b>{' '}
      {reasonsOf(suggestion, visit.today).join('; ')}
    </div>
  )
}

function Flags({
  candidate,
  elsewhere,
}: {
  readonly candidate: Candidate
  readonly elsewhere: readonly string[]
}) {
  const { suggestion } = candidate
  const words = [
    ...(suggestion?.isRiskRising ? ['Risk rising'] : []),
    ...(suggestion?.isCareHome ? ['Care home'] : []),
    ...(suggestion?.livesAlone ? ['Lives alone'] : []),
    ...(suggestion && suggestion.emergencyAdmissions === 0 ? ['No recent admission'] : []),
    ...(elsewhere.length > 0 ? ['Known to a team'] : []),
  ]
  return words.map((word) => (
    <span key={word}>
      <Tag colour="white">{word}</Tag>{' '}
    </span>
  ))
}

/** The columns of somebody judged: who, what was decided, and its undo for 7 days. */
export const judged = (visit: StaffVisit, list: PracticeList, text: string): readonly Column<Candidate>[] => [
  personColumn(visit, text),
  {
    head: 'Decision',
    width: 'wide',
    cell: ({ inForce, standing }) =>
      inForce && (
        <>
          <b>{capital(standing.tab === 'to judge' ? 'to judge' : inForce.decision)}</b>:{' '}
          {reasonWords(inForce.decision, inForce.reason)}
          {inForce.words && <div>“{inForce.words}”</div>}
          <div className="kw-second">
            {byAndWhen(inForce, visit.today)}
            {inForce.showAgainOn && `. Shown again on ${dateWords(inForce.showAgainOn)}`}
          </div>
        </>
      ),
  },
  {
    head: 'Undo',
    isHeadHidden: true,
    cell: (candidate) => <Undo candidate={candidate} visit={visit} list={list} text={text} />,
  },
]

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

function Undo(props: {
  readonly candidate: Candidate
  readonly visit: StaffVisit
  readonly list: PracticeList
  readonly text: string
}) {
  const { candidate, visit, list, text } = props
  const { inForce, person, seen, standing } = candidate
  if (!inForce || !canTakeBack(inForce, visit.today))
    return <span className="kw-second">More than 7 days ago</span>
  const isAccepted = inForce.decision === 'accepted'
  if (isAccepted && standing.tab !== 'accepted') return null
  return (
    <PostForm
      action={isAccepted ? `/referrals/${person.id}/take-back` : `/case-finding/${person.id}/take-back`}
      personToken={person.id}
    >
      <HiddenFields fields={{ programme: list.programme.key, seen: String(seen), list: text }} />
      <Button kind="link" about={nameInSentence(person)}>
        Undo
      </Button>
    </PostForm>
  )
}
