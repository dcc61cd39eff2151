import type { Random } from "../random.ts";

export type Country = "NO" | "DK" | "GB";

type Language = {
  country: Country;
  places: readonly string[];
  first: readonly string[];
  trades: readonly string[];
  endings: readonly string[];
  givenNames: readonly string[];
  familyNames: readonly string[];
};

const norwegian: Language = {
  country: "NO",
  places: ["Bergen", "Oslo", "Trondheim", "Stavanger", "Tromsø", "Ålesund", "Bodø", "Drammen", "Molde", "Hamar"],
  first: ["Nordlys", "Fjord", "Fjell", "Vidde", "Skjær", "Bris", "Bølge", "Lyng", "Gran", "Tinde", "Elv", "Havn"],
  trades: ["Regnskap", "Logistikk", "Bygg", "Helse", "Energi", "Sjømat", "Reiser", "Data", "Eiendom", "Verksted"],
  endings: ["AS", "AS", "AS", "Gruppen AS"],
  givenNames: ["Kari", "Ola", "Ingrid", "Lars", "Silje", "Bjørn", "Anne", "Håkon", "Maren", "Eirik"],
  familyNames: ["Hansen", "Berg", "Dahl", "Lie", "Moen", "Haugen", "Strand", "Bakke", "Solberg", "Nilsen"],
};

const danish: Language = {
  country: "DK",
  places: ["København", "Aarhus", "Odense", "Aalborg", "Esbjerg", "Roskilde", "Vejle", "Kolding", "Horsens"],
  first: ["Bøge", "Sund", "Klit", "Hav", "Vester", "Øster", "Kongens", "Lærke", "Storke", "Mølle", "Strand"],
  trades: ["Revision", "Transport", "Byg", "Klinik", "Vind", "Rejser", "Design", "Boliger", "Fødevarer", "Service"],
  endings: ["ApS", "A/S", "ApS", "& Co A/S"],
  givenNames: ["Mette", "Søren", "Anne", "Jens", "Camilla", "Lars", "Pernille", "Rasmus", "Freja", "Mikkel"],
  familyNames: ["Jensen", "Nielsen", "Møller", "Kjær", "Holm", "Bruun", "Lund", "Frandsen", "Krogh", "Winther"],
};

const english: Language = {
  country: "GB",
  places: ["Leeds", "Bristol", "Dublin", "Cardiff", "Glasgow", "Belfast", "York", "Norwich", "Exeter"],
  first: ["Brightwater", "Oakfield", "Northgate", "Silverline", "Harbour", "Redwood", "Meadow", "Kestrel", "Granite"],
  trades: ["Accounting", "Logistics", "Builders", "Clinics", "Energy", "Foods", "Travel", "Software", "Homes"],
  endings: ["Ltd", "Ltd", "Group Ltd", "LLP"],
  givenNames: ["Emma", "James", "Olivia", "Thomas", "Grace", "Daniel", "Sophie", "Liam", "Hannah", "Owen"],
  familyNames: ["Walker", "Hughes", "Murphy", "Clarke", "Wright", "Evans", "Reid", "Shaw", "Turner", "Kelly"],
};

const languages = [norwegian, norwegian, danish, english];

export type CompanyName = { name: string; domain: string; city: string; country: Country };

/** A company with a Nordic or British name; names may repeat in a large portal, domains do not. */
export function nameCompany(random: Random, index: number): CompanyName {
  const language = random.pick(languages);
  const city = random.pick(language.places);
  const words = `${random.pick(language.first)} ${random.pick(language.trades)}`;
  const name = `${words} ${random.chance(0.4) ? `${city} ` : ""}${random.pick(language.endings)}`;
  return { name, domain: `${slug(words)}-${index + 1}.example`, city, country: language.country };
}

export function namePerson(random: Random, country: Country, domain: string, index: number) {
  const language = languages.find((candidate) => candidate.country === country) ?? english;
  const firstname = random.pick(language.givenNames);
  const lastname = random.pick(language.familyNames);
  const mailbox = `${slug(firstname)}.${slug(lastname)}${index === 0 ? "" : index + 1}`;
  return { firstname, lastname, email: `${mailbox}@${domain}` };
}

function slug(text: string): string {
  const plain: Record<string, string> = { æ: "ae", ø: "o", å: "a" };
  return text
    .toLowerCase()
    .replace(/[æøå]/g, (letter) => plain[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, "-");
}
