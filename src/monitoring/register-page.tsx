import { type Answer, type Asked, newId, type Problem, type StaffVisit } from '#access'
import { identitiesOf, nameInSentence } from '#people'
import {
  Button,
  Chips,
  CountLine,
  EmptyState,
  FilterBar,
  HiddenFields,
  Paging,
  Panel,
  PostForm,
  Row,
  RowList,
  renderPage,
  rowsAPage,
  Section,
  Select,
  TextField,
} from '#ui'
import { addKit, mayLend } from './actions.ts'
import { addressOf, kitAddress, pageAsked, queueAddress, takeInAddress } from './addresses.ts'
import { waitingHere } from './alert-store.ts'
import { alertsWords } from './rules.ts'
import { type KitRow, kitRows, openRegister, type Register, type RegisterView } from './store.ts'
import { kitKinds } from './types.ts'
import { atWords } from './when.tsx'

const views: Readonly<Record<RegisterView, string>> = {
  all: 'All',
  lent: 'With somebody',
  free: 'With nobody',
}
const viewKeys: readonly RegisterView[] = ['all', 'lent', 'free']

/** The kit of the caller’s place: what there is, who has it, and what waits. */
export async function showRegister(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const view = viewKeys.find((key) => key === asked.query.text('show')) ?? 'all'
  const words = asked.query.text('find')
  const page = pageAsked(asked.query.text('page'))
  const from = page === 'all' ? 0 : (page - 1) * rowsAPage
  const most = page === 'all' ? 500 : rowsAPage
  const register = await openRegister(visit, mayLend, { view, words, from, most })
  const rows = await kitRows(visit.db, register)
  const names = new Map((await identitiesOf(visit.db, register)).map((one) => [one.id, nameInSentence(one)]))
  const { waiting, since } = await waitingHere(visit.db)
  const facts = { show: view === 'all' ? undefined : view, find: words || undefined }
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Kit',
    caption: visit.caller.organisation.name,
    lead: `${register.outNow} of ${register.everything} pieces are with somebody. Whoever had a piece when an alert happened is who it is about.`,
    isStamped: true,
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <>
        {waiting > 0 && (
          <Panel kind="worse" heading={`${alertsWords(waiting)} with nobody`}>
            <p>
              {since && `The oldest came ${atWords(since)}. `}
              <a href={queueAddress}>Alerts we cannot give to anybody yet</a>
            </p>
          </Panel>
        )}
        <p>
          <a href={takeInAddress}>Take in alerts from a product</a>
          {waiting === 0 && (
            <>
              . <a href={queueAddress}>No alert waits</a>
            </>
          )}
        </p>
        <Chips chips={viewKeys.map((key) => chipOf(key, view, words, register))} />
        <FilterBar action={kitAddress} label="Find kit" keep={facts.show ? { show: facts.show } : {}}>
          <TextField
            name="find"
            label="Serial, product or kind"
            labelSize="plain"
            value={words}
            widthChars={20}
          />
        </FilterBar>
        <CountLine
          from={rows.length ? from + 1 : 0}
          to={from + rows.length}
          total={register.total}
          orderedBy="by kind"
        />
        <Pieces rows={rows} names={names} />
        <Paging
          page={page}
          total={register.total}
          hrefFor={(to) => addressOf(kitAddress, { ...facts, page: to === 1 ? undefined : String(to) })}
        />
        <AddKit sentId={asked.form.text('id')} />
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function chipOf(key: RegisterView, view: RegisterView, words: string, register: Register) {
  const { outNow, everything } = register
  const count = { all: everything, lent: outNow, free: everything - outNow }[key]
  const facts = { show: key === 'all' ? undefined : key, find: words || undefined }
  return { href: addressOf(kitAddress, facts), words: views[key], count, isCurrent: key === view }
}

function Pieces(props: { readonly rows: readonly KitRow[]; readonly names: ReadonlyMap<string, string> }) {
  const { rows, names } = props
  if (rows.length === 0) return <EmptyState says="No kit is found here." />
  return (
    <RowList label="Kit">
      {rows.map((kit) => (
        <Row
          key={kit.id}
          who={<Holder kit={kit} name={kit.personId && names.get(kit.personId)} />}
          what={`${kit.kind.charAt(0).toUpperCase()}${kit.kind.slice(1)}, serial ${kit.serial}`}
          why={`${kit.maker}. Its alerts come from ${kit.product}`}
          clock={kit.from && `Since ${atWords(kit.from)}`}
        />
      ))}
    </RowList>
  )
}

function Holder({ kit, name }: { readonly kit: KitRow; readonly name: string | undefined }) {
  if (kit.personId && name) return <a href={`/people/${kit.personId}/kit`}>{name}</a>
  return <>{kit.isOut ? 'With somebody you cannot open' : 'With nobody'}</>
}

const AddKit = ({ sentId }: { readonly sentId: string }) => (
  <Section heading="Add kit" id="add">
    <p>To lend a piece, open the person’s page, then Kit.</p>
    <PostForm action={kitAddress}>
      <HiddenFields fields={{ id: sentId || newId() }} />
      <Select
        name="kind"
        label="What is it?"
        prompt="Select"
        choices={kitKinds.map((kind) => ({ value: kind, words: kind }))}
      />
      <TextField name="maker" label="Who makes it?" widthChars={20} />
      <TextField
        name="product"
        label="Which product sends its alerts?"
        hint="As the product names itself in the column product of its file"
        widthChars={20}
      />
      <TextField
        name="serial"
        label="What serial is on it?"
        hint="Read it from the kit itself"
        widthChars={20}
      />
      <Button>Add this kit</Button>
    </PostForm>
  </Section>
)

/** Adds a piece of kit. */
export async function sendKit(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { text } = asked.form
  const outcome = await addKit(visit, {
    ...{ id: text('id'), kind: text('kind'), maker: text('maker') },
    ...{ product: text('product'), serial: text('serial') },
  })
  if (!outcome.ok) return showRegister(visit, asked, outcome.problems)
  return { kind: 'go', to: kitAddress, saved: 'Kit added. Lend it on the page about the person, under Kit.' }
}
