import { type Answer, type Asked, permit, type StaffVisit } from '#access'
import { dateWords, dayWords, londonDate } from '#calendar'
import { type Plan, planOf, sharingOf } from '#care-plan'
import { type AboutPerson, aboutPerson, isUnconfirmed } from '#people'
import { EmptyState, Panel, PrintButton, renderPage } from '#ui'
import { OwnCopy } from './own-copy.tsx'
import { hardWords } from './plain-words.ts'
import { openTasks } from './store.ts'

/** What somebody takes home: who looks after them, what was agreed, whom to ring. In large print and plain words. */
export async function showOwnCopy(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', {
    may: 'see people',
    part: 'whole',
    purpose: 'direct care',
    verb: 'open the plan in plain words',
  })
  const about = await aboutPerson(visit, leave)
  const newest = await planOf(visit.db, leave)
  const agreed = await agreedPlan(newest, (version) => planOf(visit.db, leave, version))
  const promises = (await openTasks(visit.db, [leave.person])).filter(({ isPromise }) => isPromise)
  const sharing = await sharingOf(visit.db, leave, about.episodes)
  const { diedOn } = about.person
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Plan in plain words',
    hasOwnHeading: true,
    slim: true,
    banner: about.banner,
    back: { href: `/people/${leave.person}/plan`, words: 'Back to the plan' },
    children: diedOn ? (
      <EmptyState
        says={
          isUnconfirmed(about.person)
            ? `${about.called} is recorded as died on ${dateWords(diedOn)}, and nobody has confirmed it. Nothing is printed to give or send until somebody has.`
            : `${about.called} died on ${dateWords(diedOn)}. Nothing is printed to give or send.`
        }
      />
    ) : (
      <>
        <BeforeYouGiveIt about={about} newest={newest} agreed={agreed} />
        <OwnCopy
          {...{ about, plan: agreed, promises, isShared: sharing.isShared, today: visit.today }}
          foot={`Printed on ${dayWords(visit.today)} by ${visit.caller.name}.`}
        />
      </>
    ),
  })
  return { kind: 'page', html }
}

// Nothing that is not agreed goes home with somebody.
async function agreedPlan(
  newest: Plan | undefined,
  ofVersion: (version: number) => Promise<Plan | undefined>,
): Promise<Plan | undefined> {
  if (!newest || newest.agreement) return newest
  return newest.lastAgreed && (await ofVersion(newest.lastAgreed.version))
}

/** For whoever prints it, never on the paper: what is missing, and which words are hard. */
function BeforeYouGiveIt(props: {
  readonly about: AboutPerson
  readonly newest: Plan | undefined
  readonly agreed: Plan | undefined
}) {
  const { about, newest, agreed } = props
  const { called, person } = about
  const hard = agreed ? hardWords(textsOf(agreed)) : []
  const speaks = person.language && !/^english$/i.test(person.language) ? person.language : undefined
  const change = <a href={`/people/${person.id}/plan/change`}>Change the plan</a>
  return (
    <div className="kw-not-on-paper">
      <p>
        <PrintButton>Print in large print</PrintButton>
      </p>
      {newest && newest !== agreed && (
        <Panel
          kind="caution"
          heading={agreed ? `Version ${agreed.version} stands here` : 'The plan is not agreed'}
        >
          <p>
            {agreed
              ? `It is the last that was agreed. Version ${newest.version}, saved ${dateWords(londonDate(newest.savedAt))}, is not agreed yet.`
              : `Nothing of it stands on this paper until ${called} has agreed it.`}{' '}
            {change}
          </p>
        </Panel>
      )}
      {speaks && (
        <Panel kind="neutral" heading={`${called} speaks ${speaks}`}>
          <p>Read it together with an interpreter.</p>
        </Panel>
      )}
      {hard.length > 0 && (
        <Panel kind="neutral" heading="Say these more plainly">
          <ul>
            {hard.map(({ words, why }) => (
              <li key={words}>
                “{words}”. {why}
              </li>
            ))}
          </ul>
          <p>{change}, and agree the new words.</p>
        </Panel>
      )}
      <p>
        Read it together. Then ask {called} to say in their own words what happens next and whom they ring.
      </p>
    </div>
  )
}

const textsOf = (plan: Plan): readonly string[] => [
  ...plan.goals.flatMap((goal) => [goal.words, ...goal.actions.map(({ words }) => words)]),
  ...plan.ifThens.flatMap(({ words, thenWords = '', callWords = '' }) => [words, thenWords, callWords]),
]
