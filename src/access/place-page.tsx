import { type Organisation, organisationById } from '#organisations'
import { Button, HiddenFields, PostForm, renderPage, SummaryList, TextField } from '#ui'
import { placesAddress } from './agreement-parts.tsx'
import { require } from './permit.ts'
import { correctPlace, mayArrange } from './place-actions.ts'
import { placeKindWords } from './place-words.ts'
import { notForYou } from './refused.ts'
import type { Answer, Asked, Problem, Route, StaffVisit } from './types.ts'

const address = `${placesAddress}/:place`

/** One place, to put its name and telephone right. */
async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  require(visit, mayArrange)
  const place = await organisationById(visit.db, asked.params.place ?? '')
  if (!place) throw notForYou()
  const html = renderPage({
    furniture: asked.furniture,
    title: place.name,
    lead: 'Out of hours and colleagues ring the number that stands here.',
    back: { href: placesAddress, words: 'Back to places' },
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: <Change place={place} />,
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function Change({ place }: { readonly place: Organisation }) {
  const { id, kind, name, code, telephone = '' } = place
  return (
    <>
      <SummaryList
        rows={[
          { label: 'Kind', value: placeKindWords[kind] },
          { label: 'Code', value: code ?? 'None' },
          ...(kind === 'practice' ? [{ label: 'Name', value: `${name}, as its extract says` }] : []),
        ]}
      />
      <PostForm action={`${placesAddress}/${id}`}>
        <HiddenFields fields={{ 'seen-name': name, 'seen-telephone': telephone }} />
        {kind !== 'practice' && (
          <TextField name="name" label="Name" value={name} widthChars={30} autoComplete="off" />
        )}
        <TextField
          name="telephone"
          label="Telephone"
          isOptional
          hint="One that is answered, like 01632 960 123"
          value={telephone}
          kind="telephone"
          widthChars={20}
        />
        <Button>Save</Button>
      </PostForm>
    </>
  )
}

async function send(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { form, params } = asked
  const outcome = await correctPlace(visit, {
    id: params.place ?? '',
    seen: { name: form.text('seen-name'), telephone: form.text('seen-telephone') },
    name: form.text('name'),
    telephone: form.text('telephone'),
  })
  if (!outcome.ok) return show(visit, asked, outcome.problems)
  return { kind: 'go', to: placesAddress, saved: 'Saved. It stands on every page from now on.' }
}

export const placeRoutes: readonly Route[] = [
  { method: 'GET', path: address, may: mayArrange, answer: (visit, asked) => show(visit, asked) },
  { method: 'POST', path: address, may: mayArrange, answer: send },
]
