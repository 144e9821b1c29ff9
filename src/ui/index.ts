// Page parts in the NHS design system, our own charts, and the files a page asks for.
// Pages are made on the server; nothing of React reaches the browser.
export { type Asset, assets } from './assets.ts'
export { AllergyTag, IdentityBanner, Telephone } from './banner.tsx'
export { type ControlChart, type ControlPoint, controlChart } from './charts/control-chart.tsx'
export { type Dots100, dots100 } from './charts/dots-100.tsx'
export { type FunnelPlot, funnelPlot } from './charts/funnel-plot.tsx'
export { type HundredBar, hundredBar } from './charts/hundred-bar.tsx'
export { type LovePlot, lovePlot } from './charts/love-plot.tsx'
export { type MeasuredLines, measuredLines } from './charts/measured-lines.tsx'
export { type MonthLines, monthLines } from './charts/month-lines.tsx'
export { type Quadrants, quadrants } from './charts/quadrants.tsx'
export { VariationIcon, type VariationSign } from './charts/variation-icon.tsx'
export { Checkboxes, DateField, Radios } from './choices.tsx'
export { DocumentBox, DocumentPage, DocumentPart, PrintButton } from './document.tsx'
export { type Choice, FieldGroup, FieldRow, type Known, Select, TextArea, TextField } from './fields.tsx'
export { FileField } from './file-field.tsx'
export { Button, ButtonRow, HiddenFields, PostForm } from './form.tsx'
export { WhomToRing } from './furniture.tsx'
export { type Html, html } from './html.ts'
export { Chips, CountLine, FilterBar, Paging, rowsAPage } from './lists.tsx'
export { formIn, type LongColumn, LongTable, linkButtonIn, secondIn, tagIn } from './long-table.tsx'
export { renderPage } from './page.tsx'
export {
  Columns,
  Details,
  EmptyState,
  Panel,
  Quote,
  Section,
  StatusStrip,
  Steps,
  SummaryList,
  Tabs,
  Tag,
  Timeline,
} from './panels.tsx'
export { PaperCheck } from './paper-check.tsx'
export { type QuickKey, quickKeys } from './quick-keys.data.ts'
export { type Column, DataTable, Row, RowLink, RowList } from './rows.tsx'
export { Slider, SliderParts } from './slider.tsx'
export { SyntheticStamp } from './stamp.tsx'
export {
  type AllergyState,
  type BannerPerson,
  type Furniture,
  furnitureAddresses,
  type Link,
  type Navigation,
  type PageContents,
  type Problem,
  type TabLink,
  type TagColour,
  type Typed,
} from './types.ts'
