import { type Asked, permit, type StaffVisit } from '#access'
import { wishedPlacesOf } from '#assessment'
import { dateWords, dayWords, londonDate, shortDateWords, timeWords } from '#calendar'
import { type EmergencyPlan, emergencyPlanOf, isStale, sharingOf, sharingWords } from '#care-plan'
import { type AboutPerson, aboutPerson, isUnconfirmed, wishesOf } from '#people'
import {
  ButtonRow,
  DataTable,
  DocumentBox,
  DocumentPage,
  DocumentPart,
  PrintButton,
  renderPage,
  Telephone,
} from '#ui'
import type { Cover } from './cover-rules.ts'
import { coverFor } from './cover-store.ts'
import { fitOnePage, type OnePage } from './one-page.ts'
import { sharesPlaces } from './rules.ts'
import { WhoToRing } from './who-to-ring.tsx'
import { wishedWords } from './wished.ts'

/** One side of A4 for whoever stands in the hallway at night: who, what can kill, what to do, what matters. */
export async function showEmergency(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', {
    may: 'see emergency summary',
    part: 'emergency summary',
    purpose: 'direct care',
    verb: 'read the emergency summary',
  })
  const about = await aboutPerson(visit, leave)
  const plan = await emergencyPlanOf(visit.db, leave)
  const isOutOfHours = visit.caller.organisation.kind === 'out of hours'
  const sharing = await sharingOf(visit.db, leave, about.episodes)
  const mayChange = visit.caller.activities.has('write plans') && !about.person.diedOn
  const isPlaceShared = sharesPlaces(await wishesOf(visit.db, leave))
  const isDead = about.person.diedOn && !isUnconfirmed(about.person)
  const wished = isPlaceShared && !isDead ? await wishedPlacesOf(visit.db, leave) : []
  const cover = about.lead && (await coverFor(visit.db, about.lead.ownerId))
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Emergency summary',
    hasOwnHeading: true,
    slim: true,
    banner: about.banner,
    back: isOutOfHours
      ? { href: '/out-of-hours', words: 'Back to the list' }
      : { href: `/people/${leave.person}`, words: `Back to ${about.called}` },
    children: (
      <>
        <ButtonRow>
          <PrintButton>Print 1 page</PrintButton>
          {!isOutOfHours && (
            <span>
              {sharingWords(sharing, about.called)}{' '}
              {mayChange && <a href={`/people/${leave.person}/sharing`}>Change who sees</a>}
            </span>
          )}
        </ButtonRow>
        <Sheet about={about} plan={plan} visit={visit} wished={wished.map(wishedWords)} cover={cover} />
      </>
    ),
  })
  return { kind: 'page' as const, html }
}

type Shown = {
  readonly about: AboutPerson
  readonly plan: EmergencyPlan | undefined
  readonly visit: StaffVisit
  readonly cover: Cover | undefined
}

function Sheet({ about, plan, visit, wished, cover }: Shown & { readonly wished: readonly string[] }) {
  const fitted = plan && fitOnePage(plan, wished, cover ? 1 : 0)
  return (
    <DocumentPage
      heading="Emergency summary"
      state={stateOf(about, plan, visit)}
      foot={<Foot {...{ about, plan, visit, cover }} />}
    >
      <Who about={about} />
      <DocumentBox isThick>
        <ul>
          <li>
            <AllergyLine about={about} />
          </li>
          <li>
            <b>No CPR decision recorded.</b>
          </li>
        </ul>
      </DocumentBox>
      <DoFirst fitted={fitted} about={about} />
      <DocumentPart heading={`What matters to ${about.called}`}>
        <p className="kw-sheet__large">
          {fitted?.whatMatters
            ? `“${fitted.whatMatters}”`
            : `Nobody has written down what matters to ${about.called}.`}
        </p>
      </DocumentPart>
      <Known fitted={fitted} wished={wished} visit={visit} />
      <DocumentPart heading="Not in this summary" isHalf>
        <p>Conditions, medicines and what is usual. Ask the GP practice.</p>
      </DocumentPart>
      <WhoToRing {...{ about, visit, cover }} />
    </DocumentPage>
  )
}

function stateOf(about: AboutPerson, plan: EmergencyPlan | undefined, visit: StaffVisit): string | undefined {
  const { diedOn } = about.person
  if (diedOn && isUnconfirmed(about.person))
    return `RECORDED AS DIED ${dateWords(diedOn).toLocaleUpperCase('en-GB')}, NOT CONFIRMED. If they are in front of you, treat them.`
  if (diedOn) return `DIED ${dateWords(diedOn).toLocaleUpperCase('en-GB')}`
  if (!plan) return 'NO PLAN YET. What stands here is from the record alone.'
  const checked = dateWords(plan.agreement?.on ?? londonDate(plan.savedAt)).toLocaleUpperCase('en-GB')
  if (isStale(plan, visit.today)) return `NOT CHECKED SINCE ${checked}`
  return plan.agreement ? undefined : 'DRAFT, not agreed yet'
}

function Who({ about: { person, banner } }: Pick<Shown, 'about'>) {
  return (
    <DocumentBox>
      <p className="kw-sheet__who">
        <b>
          {banner.familyName.toLocaleUpperCase('en-GB')}, {banner.givenName}
        </b>
        {banner.title && ` (${banner.title})`}
        {person.called && `, likes to be called ${person.called}`}
      </p>
      <p>
        Born{' '}
        <b>
          {banner.bornOn}
          {banner.ageYears !== undefined && ` (${banner.ageYears})`}
        </b>{' '}
        · {banner.sexWords} · NHS number <b>{banner.nhsNumber ?? 'not known'}</b>
        {person.address && ` · ${person.address}`}
        {person.telephone && (
          <>
            {' · '}
            <Telephone number={person.telephone} />
          </>
        )}
        {person.language && !/^english$/i.test(person.language) && ` · speaks ${person.language}`}
      </p>
    </DocumentBox>
  )
}

function AllergyLine({ about: { banner } }: Pick<Shown, 'about'>) {
  const { allergy } = banner
  if (allergy.state === 'recorded') return <b>ALLERGY: {allergy.words}</b>
  if (allergy.state === 'none known') return <b>No known allergies, checked {allergy.checkedOn}</b>
  return <b>Allergies not recorded</b>
}

function DoFirst({ fitted, about }: { readonly fitted: OnePage | undefined; readonly about: AboutPerson }) {
  return (
    <DocumentPart heading="Do this first">
      {fitted && fitted.ifThens.length > 0 ? (
        <DataTable
          caption="Do this first"
          isCaptionHidden
          columns={[
            { head: 'If', cell: (line) => <b>{line.words}</b>, width: 'middle' },
            {
              head: 'Then',
              cell: (line) => (
                <>
                  {line.thenWords}
                  {line.callWords && (
                    <>
                      . Call <b>{line.callWords}</b>
                    </>
                  )}
                </>
              ),
            },
          ]}
          rows={fitted.ifThens}
          keyOf={(line) => line.lineId}
        />
      ) : (
        <p>Nobody has written down what to do if {about.called} gets worse.</p>
      )}
    </DocumentPart>
  )
}

function Known(props: {
  readonly fitted: OnePage | undefined
  readonly wished: readonly string[]
  readonly visit: StaffVisit
}) {
  const { actions = [], leftOut = [] } = props.fitted ?? {}
  if (actions.length + leftOut.length + props.wished.length === 0) return null
  return (
    <DocumentPart heading="For out of hours to know">
      <ul>
        {props.wished.map((words) => (
          <li key={words}>{words}</li>
        ))}
        {actions.map((action) => (
          <li key={action.lineId}>
            {action.words}. {action.ownerName}
            {action.dueOn && `, by ${shortDateWords(action.dueOn, props.visit.today)}`}
          </li>
        ))}
        {leftOut.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </DocumentPart>
  )
}

function Foot({ about, plan, visit }: Shown) {
  const agreed = plan?.agreement
    ? `, agreed with ${about.called} ${dateWords(plan.agreement.on)}`
    : ', not agreed yet'
  return (
    <>
      <p>
        {plan
          ? `From plan version ${plan.version}${agreed}. Saved ${dateWords(londonDate(plan.savedAt))}, ${timeWords(plan.savedAt)}.`
          : 'There is no plan yet.'}
      </p>
      <p>
        Printed by {visit.caller.name}, {dayWords(visit.today)}, {timeWords(visit.now)}. Uncontrolled copy.
        Page 1 of 1.
      </p>
    </>
  )
}
