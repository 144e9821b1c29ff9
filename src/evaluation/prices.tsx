import type { Asked, Problem, Answer as Sent, StaffVisit } from '#access'
import { Button, DataTable, FieldRow, PostForm, renderPage, Select, TextField } from '#ui'
import { lastUnitCosts, saveUnitCost, unitCosts } from './service-store.ts'
import { costItems, type UnitCost } from './service-types.ts'
import { pricesInForce } from './unit-costs.ts'

/** What things cost here, where each price is from, and a form to enter one. */
export const showPrices = (visit: StaffVisit, asked: Asked) => show(visit, asked, [])

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[]): Promise<Sent> {
  const known = pricesInForce(await unitCosts(visit.db), await lastUnitCosts(visit.db))
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Prices',
    lead: 'What the reports reckon with. A price entered here goes before one that came with the records. It is used from the next night on; answers already given keep theirs.',
    back: { href: '/evaluation', words: 'Back to Did it help?' },
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        <DataTable
          caption="Prices in use"
          isCaptionHidden
          rows={costItems.map((item) => ({ item, price: known.find((one) => one.item === item) }))}
          keyOf={({ item }) => item.toLowerCase().replaceAll(/[^a-z]+/g, '-')}
          columns={[
            { head: 'Item', cell: ({ item }) => `${item.slice(0, 1).toUpperCase()}${item.slice(1)}` },
            { head: 'Pounds', cell: ({ price }) => (price ? price.pounds : 'Not known'), isNumber: true },
            { head: 'Prices of', cell: ({ price }) => price?.priceYear ?? '–' },
            { head: 'Source', cell: ({ price }) => price?.source ?? 'Nobody has entered one', width: 'wide' },
          ]}
        />
        {visit.caller.activities.has('lock studies') && <Form />}
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const Form = () => (
  <PostForm action="/evaluation/prices">
    <Select
      name="item"
      label="What is it the price of?"
      prompt="Choose one"
      choices={costItems.map((item) => ({ value: item, words: item }))}
    />
    <FieldRow>
      <TextField name="pounds" label="Pounds for one" widthChars={5} />
      <TextField name="priceYear" label="In prices of the year" widthChars={4} />
    </FieldRow>
    <TextField name="source" label="Where is it from?" hint="Name, year and licence" widthChars={30} />
    <Button kind="secondary">Enter this price</Button>
  </PostForm>
)

/** Keeps a price in the name of whoever entered it. */
export async function sendPrice(visit: StaffVisit, asked: Asked): Promise<Sent> {
  const found = readPrice(asked.form.text)
  if ('problems' in found) return show(visit, asked, found.problems)
  await saveUnitCost(visit.db, { ...found.price, setBy: visit.caller.staffId, setAt: visit.now })
  return { kind: 'go', to: '/evaluation/prices', saved: `The price of a ${found.price.item} is kept.` }
}

function readPrice(
  text: (field: string) => string,
): { readonly price: UnitCost } | { readonly problems: readonly Problem[] } {
  const item = costItems.find((one) => one === text('item'))
  const [pounds, priceYear] = [Number(text('pounds') || Number.NaN), Number(text('priceYear'))]
  const problems = [
    ...(item ? [] : [{ field: 'item', message: 'Select what it is the price of' }]),
    ...(pounds >= 0 && pounds < 1_000_000
      ? []
      : [{ field: 'pounds', message: 'Enter the pounds for one, like 84.50' }]),
    ...(Number.isInteger(priceYear) && priceYear >= 2000 && priceYear <= 2100
      ? []
      : [{ field: 'priceYear', message: 'Enter the year of the prices, like 2025' }]),
    ...(text('source') === '' ? [{ field: 'source', message: 'Enter where it is from' }] : []),
  ]
  if (!item || problems.length > 0) return { problems }
  return { price: { item, pounds, priceYear, source: text('source') } }
}
