/** A HubSpot owner. `id` is what hubspot_owner_id holds; it is not the user's id. */
export type Owner = {
  id: string;
  email: string;
  type: "PERSON";
  firstName: string;
  lastName: string;
  userId: number;
  userIdIncludingInactive: number;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
};

const people: [id: string, userId: number, firstName: string, lastName: string, archived: boolean][] = [
  ["411000101", 61000101, "Ingrid", "Solheim", false],
  ["411000102", 61000102, "Lars", "Brekke", false],
  ["411000103", 61000103, "Mette", "Kjærgaard", false],
  ["411000104", 61000104, "Sofie", "Lindqvist", false],
  ["411000105", 61000105, "Anders", "Holm", false],
  ["411000106", 61000106, "Kari", "Nygård", true],
];

/** The team of the portal; the archived one has left and is only listed with `archived=true`. */
export const owners: readonly Owner[] = people.map(([id, userId, firstName, lastName, archived]) => ({
  id,
  email: `${firstName}.${lastName}@kundeteam.example`.toLowerCase().replace("æ", "ae").replace("å", "a"),
  type: "PERSON",
  firstName,
  lastName,
  userId,
  userIdIncludingInactive: userId,
  createdAt: "2021-03-01T08:00:00.000Z",
  updatedAt: archived ? "2025-06-30T14:00:00.000Z" : "2021-03-01T08:00:00.000Z",
  archived,
}));
