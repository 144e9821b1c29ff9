import { type Answer, type Asked, type Permit, type Problem, permit, type StaffVisit } from '#access'
import {
  type Judgement,
  type ListQuery,
  listAddress,
  listText,
  newestJudgement,
  programmeFor,
  readList,
  reasonsFor,
} from '#case-finding'
import type { Programme } from '#organisations'
import { bannerFor, type Episode, episodesOf, identityOf, nameInSentence } from '#people'
import { type BannerPerson, Button, HiddenFields, Panel, PostForm, Radios, renderPage, TextArea } from '#ui'
import { acceptCandidate } from './actions.ts'
import { writtenOf } from './how-soon.ts'
import { HowSoonField, howSoonSent, ReferrerSaidField } from './how-soon-field.tsx'
import { howSoonClass, problemsWithHowSoon } from './how-soon-rules.ts'
import { firstContactDue } from './how-soon-words.ts'
import { OwnerField, splitOwner } from './owner-field.tsx'
import { possibleOwners } from './owners.ts'
import { type Pronouns, pronounsOf } from './pronouns.ts'
import { chosenOwner } from './rules.ts'
import { takeAcceptanceBack } from './turns.ts'
import type { PossibleOwner } from './types.ts'

type Opened = {
  readonly leave: Permit<'whole'>
  readonly programme: Programme
  readonly owners: readonly PossibleOwner[]
  readonly banner: BannerPerson
  readonly name: string
  readonly they: Pronouns
  readonly withUs?: Episode
  /** Where the caller came from: the list, when they judge one, else the person's page. */
  readonly query: ListQuery
  /** The newest judgement there is now: the form carries its number, so that a colleague's is not overridden unread. */
  readonly newest?: Judgement
}

async function open(visit: StaffVisit, asked: Asked, verb: string): Promise<Opened> {
  const leave = await permit(visit, asked.params.person ?? '', {
    may: 'accept referrals',
    part: 'whole',
    purpose: 'direct care',
    verb,
  })
  const said = (field: string) => asked.form.text(field) || asked.query.text(field)
  const query = readList(said('list'))
  const programme = await programmeFor(visit, said('programme') || query.programme)
  if (!programme) throw new Error('an installation without a programme accepts nobody')
  const identity = await identityOf(visit.db, leave)
  const episodes = await episodesOf(visit.db, leave)
  return {
    leave,
    programme,
    query,
    owners: await possibleOwners(visit.db, programme),
    banner: await bannerFor(visit, leave),
    name: nameInSentence(identity),
    they: pronounsOf(identity.sex),
    withUs: episodes.find(({ programmeId, closedOn }) => programmeId === programme.id && !closedOn),
    newest: await newestJudgement(visit.db, leave, programme.id),
  }
}

/** The page that accepts one person: who will be the case manager, why, and whether they have been asked. */
export async function showAccept(visit: StaffVisit, asked: Asked): Promise<Answer> {
  return {
    kind: 'page',
    html: acceptPage(visit, asked, await open(visit, asked, 'open a candidate to accept')),
  }
}

function acceptPage(visit: StaffVisit, asked: Asked, opened: Opened, problems?: readonly Problem[]): string {
  const { leave, programme, banner, name, withUs } = opened
  return renderPage({
    furniture: asked.furniture,
    title: 'Accept somebody',
    heading: `Accept ${name}`,
    caption: programme.template.name,
    lead: 'From today one named person co-ordinates the care.',
    banner,
    back: backOf(visit, opened),
    problems,
    typed: problems && asked.form.typed,
    children: withUs ? (
      <Panel kind="neutral" id="seen" heading="With us already">
        <p>
          {withUs.ownerName} is the case manager in {withUs.programmeName}.{' '}
          <a href={`/people/${leave.person}`}>Open the record</a>
        </p>
      </Panel>
    ) : (
      <AcceptForm visit={visit} asked={asked} opened={opened} problems={problems} />
    ),
  })
}

const backOf = (visit: StaffVisit, { query, leave }: Opened) =>
  visit.caller.activities.has('judge candidates')
    ? { href: listAddress(query, { page: query.page }), words: 'Back to the list' }
    : { href: `/people/${leave.person}`, words: 'Back to the person' }

function AcceptForm({
  visit,
  asked,
  opened,
  problems,
}: {
  readonly visit: StaffVisit
  readonly asked: Asked
  readonly opened: Opened
  readonly problems?: readonly Problem[]
}) {
  const { leave, programme, owners, name, they, query, newest } = opened
  const first = problems?.find(({ field }) => field === 'seen')
  return (
    <PostForm action={`/referrals/accept/${leave.person}`} personToken={leave.person}>
      {first && (
        <Panel kind="caution" id="seen" heading="Somebody decided first">
          <p>{first.message}.</p>
        </Panel>
      )}
      <HiddenFields
        fields={{ programme: programme.key, list: listText(query), seen: String(newest?.n ?? 0) }}
      />
      {!visit.caller.activities.has('judge candidates') && <ReferrerSaidField />}
      <HowSoonField
        doTheyNeed={they.doTheyNeed}
        sent={problems && howSoonSent(asked.form)}
        written={writtenIn(asked, opened)}
      />
      <OwnerField label="Who will be the case manager?" owners={owners} programme={programme} />
      <Radios
        name="reason"
        label="What is the main reason?"
        choices={reasonsFor.accepted.map(({ code, words }) => ({ value: code, words }))}
      />
      <Radios
        name="agreed"
        label={`${they.has} been asked to take part?`}
        choices={[
          { value: 'yes', words: 'Yes, and agreed' },
          {
            value: 'not asked',
            words: 'Not asked yet',
            hint: `The case manager asks ${they.them} first. Until then a place is offered, no more`,
          },
        ]}
      />
      <TextArea name="words" label="Anything the team needs to know" isOptional rows={3} />
      <Button quickKey="S">{`Accept ${name}`}</Button>
      <p className="kw-second">
        If the answer was no, go back and decline instead. You can undo this for 7 days, while the work has
        not started.
      </p>
    </PostForm>
  )
}

/** Accepts what the form says. */
export async function accept(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const opened = await open(visit, asked, 'accept a candidate')
  const { leave, programme, owners, name, query } = opened
  const agreed = asked.form.text('agreed')
  const owner = splitOwner(asked.form.text('owner'))
  const problems = leftOut(asked, opened)
  const sent = howSoonSent(asked.form)
  const chosen = howSoonClass(sent.howSoon)
  const outcome =
    problems.length > 0 || !chosen
      ? ({ ok: false, problems } as const)
      : await acceptCandidate(visit, leave, {
          programmeId: programme.id,
          ...owner,
          ...sent,
          howSoon: chosen.code,
          reason: asked.form.text('reason'),
          words: asked.form.text('words').trim() || undefined,
          agreedToTakePart: agreed === 'yes',
          seen: Number.parseInt(asked.form.text('seen'), 10) || 0,
        })
  if (!outcome.ok) {
    return { kind: 'page', status: 422, html: acceptPage(visit, asked, opened, outcome.problems) }
  }
  const ownerName = owners.find(({ staffId }) => staffId === owner.ownerId)?.name ?? 'the case manager'
  return {
    kind: 'go',
    to: backOf(visit, { ...opened, query }).href,
    saved:
      `${name} accepted. The case manager is ${ownerName}. ${chosen ? firstContactDue(chosen.code, visit) : ''}`.trim(),
    undo: {
      action: `/referrals/${leave.person}/take-back`,
      fields: { programme: programme.key, list: listText(query) },
    },
  }
}

const writtenIn = ({ form }: Asked, { newest }: Opened) => writtenOf(form.text('words').trim(), newest)

/** Everything the form leaves out, at once: whoever presses early reads one list, not three in turn. */
function leftOut(asked: Asked, opened: Opened): readonly Problem[] {
  const { form } = asked
  const { owners, they } = opened
  const agreed = form.text('agreed')
  const hasReason = reasonsFor.accepted.some(({ code }) => code === form.text('reason'))
  return [
    ...problemsWithHowSoon({
      ...howSoonSent(form),
      written: writtenIn(asked, opened),
      theyNeed: they.theyNeed,
    }),
    ...(chosenOwner(owners, splitOwner(form.text('owner')))
      ? []
      : [{ field: 'owner', message: 'Select who will be the case manager' }]),
    ...(hasReason ? [] : [{ field: 'reason', message: 'Select the main reason' }]),
    ...(agreed === 'yes' || agreed === 'not asked'
      ? []
      : [{ field: 'agreed', message: 'Select whether the person has been asked' }]),
  ]
}

/** Takes an acceptance back, while nothing has happened since. */
export async function takeBack(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const opened = await open(visit, asked, 'take an acceptance back')
  const outcome = await takeAcceptanceBack(visit, opened.leave, { programmeId: opened.programme.id })
  const saved = outcome.ok
    ? `The acceptance of ${opened.name} is undone.`
    : (outcome.problems[0]?.message ?? 'Nothing was changed.')
  return { kind: 'go', to: backOf(visit, opened).href, saved }
}
