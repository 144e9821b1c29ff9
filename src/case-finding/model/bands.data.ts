/** One band of a measured value, as the list of reasons says it. */
export type Band = { readonly words: string; readonly from?: number; readonly under?: number }

/** The bands of the features whose value is banded; between them is the usual. Not measured is a band of its own. */
export const bands: Readonly<
  Record<string, { readonly notMeasured: string; readonly bands: readonly Band[] }>
> = {
  bmi: {
    notMeasured: 'body mass index not measured in 12 months',
    bands: [
      { words: 'body mass index under 18.5', under: 18.5 },
      { words: 'body mass index 30 or more', from: 30 },
    ],
  },
  haemoglobin: {
    notMeasured: 'blood count not measured in 12 months',
    bands: [
      { words: 'haemoglobin under 100', under: 100 },
      { words: 'haemoglobin 100 to 119', from: 100, under: 120 },
    ],
  },
  egfr: {
    notMeasured: 'kidney function not measured in 12 months',
    bands: [
      { words: 'kidney function (eGFR) under 30', under: 30 },
      { words: 'kidney function (eGFR) 30 to 59', from: 30, under: 60 },
    ],
  },
  sodium: {
    notMeasured: 'sodium not measured in 12 months',
    bands: [{ words: 'sodium under 135', under: 135 }],
  },
  albumin: {
    notMeasured: 'albumin not measured in 12 months',
    bands: [{ words: 'albumin under 35', under: 35 }],
  },
}
