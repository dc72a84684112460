import { Country, line, Phone } from './text.ts'

/** A place that goods and letters reach, with whom to ask for there: the fields of every address. */
export const postalAddress = {
  contact: line(100).nullish(),
  phone: Phone.nullish(),
  country: Country.nullish(),
  province: line(100).nullish(),
  city: line(100).nullish(),
  district: line(100).nullish(),
  line: line(300).nullish().meta({ description: 'Street and number.' }),
  postalCode: line(20).nullish(),
}
