import { dateWords, type LondonDate } from '#calendar'
import type { Action, Plan } from '#care-plan'
import { type AboutPerson, whomToRing } from '#people'
import { DocumentBox, DocumentPage, DocumentPart, Telephone } from '#ui'
import type { Task } from './types.ts'

type Shown = {
  readonly about: AboutPerson
  /** The newest version that was agreed. */
  readonly plan: Plan | undefined
  readonly promises: readonly Task[]
  readonly isShared: boolean
  readonly today: LondonDate
}

/** The paper itself. One idea a line, to "you", nothing that is not agreed, no score and no short form. */
export function OwnCopy(props: Shown & { readonly foot: string }) {
  const { about, plan, promises, today } = props
  return (
    <DocumentPage heading={`${about.called}’s plan`} isLarge foot={<p>{props.foot}</p>}>
      <p>
        For {about.person.givenName} {about.person.familyName}
      </p>
      <WhomYouRing about={about} />
      {plan ? <Agreed plan={plan} today={today} /> : <NotYet />}
      {promises.length > 0 && (
        <DocumentPart heading="What we promised you">
          <ul>
            {promises.map((task) => (
              <li key={task.id}>
                {sentence(task.what)} By {dateWords(task.dueOn)}. {lateWords(task.dueOn, today)}
              </li>
            ))}
          </ul>
        </DocumentPart>
      )}
      {plan && plan.ifThens.length > 0 && <IfWorse plan={plan} />}
      <WhoMayRead isShared={props.isShared} />
      <DocumentPart heading="Is something wrong here?">
        <p>Tell us. You may change your plan at any time.</p>
        {plan?.reviewOn && plan.reviewOn >= today && (
          <p>We look at it with you again by {dateWords(plan.reviewOn)}.</p>
        )}
      </DocumentPart>
    </DocumentPage>
  )
}

function WhomYouRing({ about }: Pick<Shown, 'about'>) {
  const { lead, person } = about
  const ring = lead && whomToRing(lead)
  const number = ring?.telephone ?? lead?.teamTelephone ?? person.practice?.telephone
  return (
    <DocumentBox isThick>
      <p>
        {ring ? (
          <>
            <b>{ring.name}</b> looks after your care.
          </>
        ) : (
          <>Your GP practice looks after your care.</>
        )}
      </p>
      <p>
        {number ? (
          <>
            Ring{' '}
            <b>
              <Telephone number={number} />
            </b>
          </>
        ) : (
          'Ask for a number to ring: ______________________'
        )}
      </p>
      <p>Nobody answers, and you need help now? Ring 111.</p>
      <p>
        Your life is in danger? Ring <b>999</b>.
      </p>
    </DocumentBox>
  )
}

function Agreed({ plan, today }: { readonly plan: Plan; readonly today: LondonDate }) {
  return (
    <>
      {plan.agreement && (
        <p>
          {plan.agreement.by === 'the person' ? 'You' : 'Somebody who may decide for you'} agreed this plan on{' '}
          {dateWords(plan.agreement.on)}.
        </p>
      )}
      {plan.whatMatters && (
        <DocumentPart heading="What matters to you">
          <p>“{plan.whatMatters.words}”</p>
        </DocumentPart>
      )}
      {plan.goals.map((goal) => (
        <DocumentPart key={goal.lineId} heading={goal.words}>
          {goal.actions.map((action) => (
            <div key={action.lineId}>
              <p>
                <b>{whoWords(action)}</b> {sentence(action.words)}
              </p>
              <p>{standingWords(action, today)}</p>
            </div>
          ))}
        </DocumentPart>
      ))}
    </>
  )
}

const NotYet = () => (
  <DocumentPart heading="What happens next">
    <p>We write a plan together with you.</p>
    <p>It says what matters to you, who does what, and what to do if you feel worse.</p>
    <p>You say whether it is right. Then you get a copy.</p>
  </DocumentPart>
)

const IfWorse = ({ plan }: { readonly plan: Plan }) => (
  <DocumentPart heading="If you feel worse">
    {plan.ifThens.map(({ lineId, words, thenWords, callWords }) => (
      <div key={lineId}>
        <p>
          <b>If this happens:</b> {sentence(words)}
        </p>
        {thenWords && (
          <p>
            <b>Do this:</b> {sentence(thenWords)}
          </p>
        )}
        {callWords && (
          <p>
            <b>Ring:</b> {sentence(callWords)}
          </p>
        )}
      </div>
    ))}
  </DocumentPart>
)

const WhoMayRead = ({ isShared }: Pick<Shown, 'isShared'>) => (
  <DocumentPart heading="Who may read about you">
    <p>People who look after you read what we write down. Each time is noted.</p>
    <p>
      {isShared
        ? 'You said yes: a doctor or nurse you ring at night may read the most important things.'
        : 'A doctor or nurse you ring at night does not see your plan. Tell us if you want them to.'}
    </p>
    <p>You may change your mind. You may ask us who has looked.</p>
  </DocumentPart>
)

const whoWords = ({ owner, ownerName, ownerRole }: Action): string => {
  if (owner === 'the person') return 'You:'
  if (owner === 'family or friend') return 'Your family or a friend:'
  return ownerRole ? `${ownerName}, ${ownerRole}:` : `${ownerName}:`
}

/** "By 3 May 2026.", and of what somebody else should have done by then that we are sorry. */
function standingWords({ state, stateOn, dueOn, owner }: Action, today: LondonDate): string {
  if (state === 'done') return stateOn ? `Done on ${dateWords(stateOn)}.` : 'Done.'
  if (state === 'stopped') return 'We have stopped this.'
  if (state === 'not done') return 'This was not done. Ask us what happens now.'
  if (!dueOn) return ''
  const isOurs = owner !== 'the person' && owner !== 'family or friend'
  return `By ${dateWords(dueOn)}.${isOurs ? ` ${lateWords(dueOn, today)}` : ''}`
}

const lateWords = (dueOn: LondonDate, today: LondonDate): string =>
  dueOn < today ? 'This is late. We are sorry.' : ''

/** Words with a full stop, whoever wrote them. */
const sentence = (words: string): string => (/[.!?]$/.test(words.trim()) ? words.trim() : `${words.trim()}.`)
