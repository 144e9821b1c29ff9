import { type LondonDate, londonDate, readDate } from '#calendar'
import { readNhsNumber } from '#people'
import { type BundleFile, noPractice } from './bundle-columns.data.ts'

/** A FHIR resource as it came: nothing is taken on trust. */
export type Resource = { readonly resourceType?: unknown; readonly [key: string]: unknown }

/** A row of one of the extract's files. Everything is text; empty is absent. */
export type Row = Readonly<Record<string, string>>

/** What became of one resource: rows of files, or why it was not taken, or that nothing here uses its kind. */
export type Translated =
  | { readonly kind: 'rows'; readonly rows: readonly { readonly file: BundleFile; readonly row: Row }[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'not used'; readonly what: string }

const rows = (file: BundleFile, ...made: readonly Row[]): Translated => ({
  kind: 'rows',
  rows: made.map((row) => ({ file, row })),
})
const refused = (reason: string): Translated => ({ kind: 'refused', reason })

/** Reads one FHIR R4 resource. Codes that mean nothing here are kept as they are; nothing is guessed. */
export function translate(resource: Resource): Translated {
  const what = typeof resource.resourceType === 'string' ? resource.resourceType : 'without a type'
  if (what in readers && isEnteredInError(resource))
    return { kind: 'not used', what: `${what}, entered in error` }
  return readers[what]?.(resource) ?? { kind: 'not used', what }
}

const readers: Readonly<Record<string, (resource: Resource) => Translated>> = {
  Patient: readPatient,
  Encounter: readEncounter,
  Condition: readCondition,
  MedicationRequest: readMedication,
  Observation: readObservation,
  AllergyIntolerance: readAllergy,
}

const isEnteredInError = (resource: Resource): boolean =>
  resource.status === 'entered-in-error' ||
  coding(resource.verificationStatus)?.code === 'entered-in-error' ||
  coding(resource.verificationStatus)?.code === 'refuted'

// What a bundle may hold is anybody's guess: each step down asks first.
const part = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Object.entries(of).find(([key]) => key === name)?.[1] : undefined
const list = (of: unknown): readonly unknown[] => (Array.isArray(of) ? of : of === undefined ? [] : [of])
const text = (of: unknown): string =>
  typeof of === 'string' ? of.trim() : typeof of === 'number' ? String(of) : ''

type Coding = { readonly system: string; readonly code: string; readonly display: string }
function coding(concept: unknown): Coding | undefined {
  const all = list(part(concept, 'coding')).map((one) => ({
    system: text(part(one, 'system')),
    code: text(part(one, 'code')),
    display: text(part(one, 'display')) || text(part(concept, 'text')),
  }))
  return all.find(({ system }) => system === 'http://snomed.info/sct') ?? all.find(({ code }) => code !== '')
}

/** The last step of a reference: "urn:uuid:1-2" and "Patient/1-2" name the same person. */
const lastStep = (reference: unknown): string => text(reference).split(/[/:]/).at(-1) ?? ''
const subjectOf = (resource: Resource): string =>
  lastStep(part(resource.subject ?? resource.patient, 'reference'))

/** The day of a FHIR date or time, in London where a time is given; empty where there is none or only a month. */
function dayOf(value: unknown): LondonDate | '' {
  const said = text(value)
  if (said.length === 10) return readDate(said) ?? ''
  const at = new Date(said)
  return said.length > 10 && !Number.isNaN(at.getTime()) ? londonDate(at) : ''
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
function timeOf(value: unknown): string {
  const day = dayOf(value)
  const said = text(value)
  return day && said.length > 10 ? `${day} ${clock.format(new Date(said))}:00` : day
}

function readPatient(resource: Resource): Translated {
  const names = list(resource.name)
  const name = names.find((one) => part(one, 'use') === 'official') ?? names[0]
  const identifiers = list(resource.identifier)
  const number = identifiers.find((one) => text(part(one, 'system')) === 'https://fhir.nhs.uk/Id/nhs-number')
  const address = list(resource.address)[0]
  const telecom = (system: string) =>
    text(
      part(
        list(resource.telecom).find((one) => part(one, 'system') === system),
        'value',
      ),
    )
  const family = text(part(name, 'family'))
  const bornOn = dayOf(resource.birthDate)
  if (!text(resource.id)) return refused('the patient has no id')
  if (!family) return refused('the patient has no family name')
  if (!bornOn) return refused('the patient has no full birth date')
  return rows('people', {
    reference: text(resource.id),
    nhs_number: readNhsNumber(text(part(number, 'value'))) ?? '',
    given_name: list(part(name, 'given')).map(text).join(' ') || 'Not stated',
    family_name: family,
    date_of_birth: bornOn,
    sex: text(resource.gender),
    postcode: text(part(address, 'postalCode')),
    practice_code: practiceOf(resource),
    died_on: dayOf(resource.deceasedDateTime),
    language: coding(part(list(resource.communication)[0], 'language'))?.display ?? '',
    address: [...list(part(address, 'line')).map(text), text(part(address, 'city'))]
      .filter(Boolean)
      .join(', '),
    telephone: telecom('phone'),
    email: telecom('email'),
  })
}

function practiceOf(resource: Resource): string {
  const identifiers = list(resource.generalPractitioner).map((one) => part(one, 'identifier'))
  const practice = identifiers.find(
    (one) => text(part(one, 'system')) === 'https://fhir.nhs.uk/Id/ods-organization-code',
  )
  return text(part(practice, 'value')) || noPractice.code
}

/** EMER is an A&E attendance; IMP and ACUTE are admissions, of unknown method until the attendance before is known. */
function readEncounter(resource: Resource): Translated {
  const kind = text(part(resource.class, 'code'))
  const start = part(resource.period, 'start')
  if (kind !== 'EMER' && kind !== 'IMP' && kind !== 'ACUTE')
    return { kind: 'not used', what: `Encounter of class ${kind || 'not stated'}` }
  if (!subjectOf(resource)) return refused('the encounter does not say whom it is about')
  if (!dayOf(start)) return refused('the encounter has no full start date')
  if (kind === 'EMER')
    return rows('emergency_department', { reference: subjectOf(resource), arrived_at: timeOf(start) })
  const source = coding(part(resource.hospitalization, 'admitSource'))?.code
  return rows('inpatient', {
    reference: subjectOf(resource),
    admitted_on: dayOf(start),
    discharged_on: dayOf(part(resource.period, 'end')),
    admission_method: source === 'emd' ? '21' : '99',
    primary_diagnosis: coding(list(resource.reasonCode)[0])?.code ?? '',
    admitted_at: timeOf(start),
  })
}

function readCondition(resource: Resource): Translated {
  const code = coding(resource.code)
  const recordedOn = dayOf(resource.onsetDateTime) || dayOf(resource.recordedDate)
  if (!subjectOf(resource)) return refused('the condition does not say whom it is about')
  if (!code) return refused('the condition has no code')
  if (!recordedOn) return refused('the condition has no full date')
  return rows('conditions', {
    reference: subjectOf(resource),
    recorded_on: recordedOn,
    resolved_on: dayOf(resource.abatementDateTime),
    code_system: code.system,
    code: code.code,
  })
}

function readMedication(resource: Resource): Translated {
  const code = coding(resource.medicationCodeableConcept)
  const issuedOn = dayOf(resource.authoredOn)
  if (!subjectOf(resource)) return refused('the medication request does not say whom it is about')
  if (!code) return refused('the medication request has no code of its own')
  if (!issuedOn) return refused('the medication request has no full date')
  const days = part(part(resource.dispenseRequest, 'expectedSupplyDuration'), 'value')
  return rows('prescriptions', {
    reference: subjectOf(resource),
    issued_on: issuedOn,
    code_system: code.system,
    code: code.code,
    name: code.display,
    days_supply: text(days),
  })
}

/** A measured value; of a blood pressure each of its parts. */
function readObservation(resource: Resource): Translated {
  const takenOn = dayOf(resource.effectiveDateTime) || dayOf(part(resource.effectivePeriod, 'start'))
  const measured = [resource, ...list(resource.component)].flatMap((one) => {
    const quantity = part(one, 'valueQuantity')
    const code = coding(part(one, 'code'))
    const value = text(part(quantity, 'value'))
    const unit = text(part(quantity, 'code')) || text(part(quantity, 'unit'))
    return code && value
      ? [{ reference: subjectOf(resource), taken_on: takenOn, code: code.code, value, unit }]
      : []
  })
  if (measured.length === 0) return { kind: 'not used', what: 'Observation without a measured value' }
  if (!subjectOf(resource)) return refused('the observation does not say whom it is about')
  if (!takenOn) return refused('the observation has no full date')
  return rows('measurements', ...measured)
}

function readAllergy(resource: Resource): Translated {
  const code = coding(resource.code)
  const name = code?.display || text(part(resource.code, 'text'))
  if (!subjectOf(resource)) return refused('the allergy does not say whom it is about')
  if (!name) return refused('the allergy has no name')
  return rows('allergies', {
    reference: subjectOf(resource),
    recorded_on: dayOf(resource.recordedDate) || dayOf(resource.onsetDateTime),
    code_system: code?.system ?? '',
    code: code?.code ?? '',
    name,
    reaction: coding(list(part(list(resource.reaction)[0], 'manifestation'))[0])?.display ?? '',
  })
}
