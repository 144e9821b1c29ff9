import type { Problem, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import type { Episode } from '#people'
import { Button, HiddenFields, Panel, PostForm, Radios } from '#ui'
import { JudgedFirst, ReasonFields, ShowAgain, WordsField } from './decide.tsx'
import { listText } from './list-rules.ts'
import type { Opened } from './person.ts'
import { canTakeBack, reasonWords, standingOf } from './rules.ts'
import type { Run, Suggestion } from './types.ts'
import { byAndWhen } from './words.ts'

/** The decision beside the reasons, none chosen. Somebody with us, or who died, is not judged. */
export function Decision(props: {
  readonly visit: StaffVisit
  readonly opened: Opened
  readonly run?: Run
  readonly suggestion?: Suggestion
  readonly problems?: readonly Problem[]
}) {
  const { visit, opened, run, suggestion, problems } = props
  const { leave, programme, them, seen, query, history, banner } = opened
  const standing = standingOf(
    {
      history,
      suggestion,
      run,
      hasOpenEpisode: opened.withUs !== undefined,
      practiceId: visit.caller.organisation.id,
    },
    visit.today,
  )
  if (banner.diedOn) return null
  if (opened.withUs) return <WithUs episode={opened.withUs} />
  return (
    <Panel kind="decision" id="your-decision" heading="Your decision">
      {standing.tab !== 'to judge' && <Decided visit={visit} opened={opened} />}
      <PostForm action={`/case-finding/${leave.person}`} personToken={leave.person}>
        <JudgedFirst opened={opened} problems={problems} />
        <HiddenFields fields={{ programme: programme.key, seen: String(seen), list: listText(query) }} />
        <Radios
          name="decision"
          label={`Would care co-ordination help ${them}?`}
          choices={[
            {
              value: 'accepted',
              words: 'Accept',
              hint: 'Next, you choose the case manager, the reason and what the team needs to know',
            },
            {
              value: 'deferred',
              words: 'Defer',
              whenChosen: (
                <>
                  <ReasonFields way="deferred" />
                  <ShowAgain them={them} />
                  <WordsField way="deferred" />
                </>
              ),
            },
            {
              value: 'declined',
              words: 'Decline',
              hint: `Not shown again for ${programme.template.declineForMonths} months`,
              whenChosen: (
                <>
                  <ReasonFields way="declined" />
                  <WordsField way="declined" />
                </>
              ),
            },
          ]}
        />
        <Button quickKey="S">Save and next person</Button>
        <p className="kw-second">You can undo this for 7 days.</p>
      </PostForm>
    </Panel>
  )
}

const WithUs = ({ episode }: { readonly episode: Episode }) => (
  <Panel kind="neutral" heading="With us already">
    <p>
      {episode.ownerName} is the case manager in {episode.programmeName} since {dateWords(episode.openedOn)}.{' '}
      <a href={`/people/${episode.personId}`}>Open the record</a>
    </p>
  </Panel>
)

/** What was decided before. Of somebody to judge it is not shown: nobody reads a colleague's view before their own. */
function Decided({ visit, opened }: { readonly visit: StaffVisit; readonly opened: Opened }) {
  const { inForce, leave, programme, seen, query } = opened
  if (!inForce) return null
  return (
    <>
      <p>
        <b>{inForce.decision.charAt(0).toUpperCase() + inForce.decision.slice(1)}</b>:{' '}
        {reasonWords(inForce.decision, inForce.reason)}
        {inForce.words && ` “${inForce.words}”`}
        <br />
        <span className="kw-second">
          {byAndWhen(inForce, visit.today)}
          {inForce.showAgainOn && `. Shown again on ${dateWords(inForce.showAgainOn)}`}
        </span>
      </p>
      {inForce.decision !== 'accepted' && canTakeBack(inForce, visit.today) && (
        <PostForm action={`/case-finding/${leave.person}/take-back`} personToken={leave.person}>
          <HiddenFields fields={{ programme: programme.key, seen: String(seen), list: listText(query) }} />
          <Button kind="link">Undo this decision</Button>
        </PostForm>
      )}
    </>
  )
}
