import { addWorkingDays, dateWords, londonDate, timeWords } from '#calendar'
import { nameToSearch } from '#people'
import { Button, PostForm, Radios, renderPage, Section, SummaryList, Tag, TextArea } from '#ui'
import {
  type Opening,
  type OpeningInFull,
  type OpeningKind,
  openingInFull,
  reviewOpening,
} from './claims-store.ts'
import { require } from './permit.ts'
import { realClockWords } from './real-clock.ts'
import { changedMeanwhile, notForYou } from './refused.ts'
import type { Answer, Asked, Problem, Route, StaffVisit } from './types.ts'

export const workingDaysToReview = 2
export const openingKinds: Readonly<Record<OpeningKind, string>> = {
  'break-glass': 'Emergency openings',
  'self-claimed': 'Claimed relationships',
  reason: 'Marked records',
}

/** How an opening is spoken of where nobody is to be named: its last 6 letters. */
export const referenceOf = (id: string): string => id.slice(-6).toUpperCase()

/** 21 November 2026, 8:15pm. */
export const whenWords = (at: Date): string => `${dateWords(londonDate(at))}, ${timeWords(at)}`

const dueOn = ({ since }: Opening) => addWorkingDays(londonDate(since), workingDaysToReview)

/** What was said of it, or by when it is to be said. */
export function ReviewWords({ opening }: { readonly opening: Opening }) {
  if (opening.review === 'justified') return <Tag colour="white">Justified</Tag>
  if (opening.review) return <Tag colour="red">Not justified</Tag>
  return opening.kind === 'reason' ? <>Not looked at</> : <>Review by {dateWords(dueOn(opening))}</>
}

async function showOne(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  require(visit, 'review access')
  const opening = await openingInFull(visit.db, referenceFrom(asked))
  if (!opening) throw notForYou()
  const html = renderPage({
    furniture: asked.furniture,
    title: `Opening ${referenceOf(opening.id)}`,
    caption: openingKinds[opening.kind],
    back: { href: `/privacy/openings?kind=${opening.kind}`, words: 'Back to the list' },
    lead: realClockWords(asked.furniture).trim() || undefined,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <SummaryList rows={factsOf(opening)} />
        {opening.reviewedAt ? null : opening.isOwn ? (
          <p>You opened this yourself, so somebody else reviews it.</p>
        ) : (
          <ReviewForm id={opening.id} />
        )}
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const factsOf = (opening: OpeningInFull) => [
  { label: 'Opened by', value: opening.staffName },
  {
    label: 'Person',
    value: `${nameToSearch({ familyName: opening.family, givenName: opening.given })}, born ${opening.bornOn ? dateWords(opening.bornOn) : 'on a day not known'}`,
  },
  { label: 'Reason', value: opening.reason },
  { label: 'In their words', value: opening.words },
  { label: 'Open', value: `${whenWords(opening.since)} to ${whenWords(opening.until)}` },
  { label: 'Pages opened in that time', value: String(opening.looks) },
  ...(opening.reviewedAt
    ? [
        { label: 'Review', value: <ReviewWords opening={opening} /> },
        {
          label: 'Reviewed by',
          value: `${opening.reviewerName}, ${whenWords(opening.reviewedAt)}: ${opening.reviewWords}`,
        },
      ]
    : []),
]

function ReviewForm({ id }: { readonly id: string }) {
  return (
    <Section heading="Your review">
      <PostForm action={`/privacy/openings/${id}`}>
        <Radios
          name="review"
          label="Was this opening justified?"
          choices={[
            { value: 'justified', words: 'Justified' },
            { value: 'not justified', words: 'Not justified' },
          ]}
        />
        <TextArea name="words" label="Why?" />
        <Button>Save the review</Button>
      </PostForm>
    </Section>
  )
}

async function review(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, 'review access')
  const answer = (['justified', 'not justified'] as const).find(
    (known) => known === asked.form.text('review'),
  )
  const words = asked.form.text('words')
  const problems: Problem[] = []
  if (!answer) problems.push({ field: 'review', message: 'Select whether the opening was justified' })
  if (!words) problems.push({ field: 'words', message: 'Enter why' })
  if (problems.length > 0 || !answer) return await showOne(visit, asked, problems)
  const id = referenceFrom(asked)
  if (!(await reviewOpening(visit.db, id, answer, words))) {
    throw changedMeanwhile('This opening was reviewed meanwhile, or is your own. Go back to the list to see.')
  }
  await visit.note({ what: 'opening reviewed', about: `claim ${id}`, facts: { claimId: id, review: answer } })
  return { kind: 'go', to: '/privacy/openings', saved: `Review of ${referenceOf(id)} saved.` }
}

function referenceFrom({ params }: Asked): string {
  const id = params.opening ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw notForYou()
  return id
}

/** The page of one opening, and its review. */
export const oneOpeningRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/privacy/openings/:opening',
    may: 'review access',
    answer: (visit, asked) => showOne(visit, asked),
  },
  { method: 'POST', path: '/privacy/openings/:opening', may: 'review access', answer: review },
]
