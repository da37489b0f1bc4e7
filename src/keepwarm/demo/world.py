"""The invented world of the demo: names, towns, firms and the words that were said. Nobody in it exists."""

from __future__ import annotations

from typing import NamedTuple


class Origin(NamedTuple):
    """Where some of the people come from. `number` is a phone there, with # for the digits that differ."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    towns: tuple[str, ...]
    number: str
    share: int  # of a hundred people


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ORIGINS = (
    Origin(
        _words("Beatriz Gonçalo Catarina Duarte Leonor Tiago Matilde Rui Filipa Nuno Marta Henrique Teresa "
               "Afonso Joana"),
        _words("Vilela Falcão Monteiro Aleixo Quintela Sarmento Lobo Serrano Brandão Pacheco Teles Rebelo "
               "Meireles Cravo"),
        ("Lisbon", "Porto", "Setúbal", "Coimbra", "Évora"), "+351 912 555 0##", 19,
    ),
    Origin(
        _words("Emma Oliver Hannah George Alice Samuel Charlotte Edward Lucy Daniel Harriet Toby Rosalind "
               "Martin Isobel"),
        _words("Thorne Marsh Grieve Whitlock Pemberton Ashdown Sloan Haversham Birch Calloway Eastwood Fairley "
               "Hartnell"),
        ("London", "Leeds", "Bristol", "Edinburgh", "Norwich"), "+44 7700 900##0", 15,
    ),
    Origin(
        _words("Lukas Greta Jonas Hannelore Felix Katrin Moritz Johanna Till Frauke Anton Svenja Jakob Marlene"),
        _words("Wehrle Brandt Pohl Lindner Becker Achterberg Kessel Rautenberg Vogt Steinhoff Ganz Brinkmann"),
        ("Berlin", "Freiburg", "Hamburg", "Leipzig", "Vienna"), "+49 151 5550 0##", 10,
    ),
    Origin(
        _words("Claire Julien Amélie Bastien Margaux Rémi Solène Olivier Inès Thibault Odile Gaspard"),
        _words("Duval Rousset Lemarchand Perrin Castellane Vasseur Chauvet Delorme Montclar Fabre"),
        ("Lyon", "Paris", "Nantes", "Brussels", "Geneva"), "+33 6 39 98 00 ##", 7,
    ),
    Origin(
        _words("Carmen Iker Lucía Mateo Nuria Joaquín Pilar Rodrigo Marisol Andrés Elena Gael"),
        _words("Ibarra Montalbán Robledo Ezquerra Salcedo Vidaurre Cifuentes Olmedo Peñalver Arregui"),
        ("Madrid", "Bilbao", "Seville", "Buenos Aires", "Mexico City"), "+34 612 555 0##", 7,
    ),
    Origin(
        _words("Chiara Lorenzo Ginevra Matteo Alessia Davide Serena Pietro Federica Nicolò"),
        _words("Bonfanti Ferro Castagna Moretti Salvetti Zanella Pellegrino Rinaldi Tosi"),
        ("Milan", "Turin", "Trieste", "Bologna"), "+39 320 555 00##", 5,
    ),
    Origin(
        _words("Freya Henrik Ingrid Mikkel Solveig Anders Sunniva Lars Linnea Torben Signe Aksel"),
        _words("Solberg Holm Lindgren Dahl Nygaard Ekström Kjellberg Rosendal Hauge Sandvik"),
        ("Bergen", "Copenhagen", "Gothenburg", "Malmö", "Helsinki"), "+47 555 00 0##", 6,
    ),
    Origin(
        _words("Joris Femke Bram Anouk Sander Marijke Thijs Liesbeth Ruben Wietske"),
        _words("Bakker Castell Hoekstra Vermeulen Brouwer Zandstra Kuipers Schouten Terpstra"),
        ("Rotterdam", "Utrecht", "Ghent", "Antwerp"), "+31 6 5550 00##", 5,
    ),
    Origin(
        _words("Tomasz Magda Zofia Vera Petr Kasia Ondřej Milena Ewa Jakub Dorota Radek"),
        _words("Wolański Novak Zielińska Dvořák Marczak Lipowska Havel Sobczak Kowalik Hruška"),
        ("Kraków", "Prague", "Warsaw", "Ljubljana"), "+48 512 555 0##", 5,
    ),
    Origin(
        _words("Amara Kofi Ngozi Samuel Adaeze Kwame Folake Tunde Wanjiru Baraka Zainab Yaw"),
        _words("Eze Mensah Okoro Adeyemi Osei Balogun Kamau Abara Nwachukwu Owusu"),
        ("Lagos", "Accra", "Nairobi", "London"), "+234 803 555 00##", 6,
    ),
    Origin(
        _words("Priya Arjun Meera Rohan Kavita Sanjay Lakshmi Vikram Anjali Dev"),
        _words("Raman Sandhu Iyer Kulkarni Bhattacharya Menon Chaudhary Rao Nair"),
        ("Bengaluru", "Mumbai", "Leicester", "Singapore"), "+91 98555 00###", 5,
    ),
    Origin(
        _words("Yusuf Leila Nadia Karim Selma Omar Yasmin Rashid Noor Emre Dalia"),
        _words("Demir Haddad Rahimi Nasser Aydın Mansour Khoury Farouk Bakır"),
        ("Istanbul", "Amman", "Casablanca", "Beirut"), "+90 532 555 00##", 4,
    ),
    Origin(
        _words("Mei Hiro Yuki Kenji Jisoo Minjun Xiu Haruka Daichi Lan"),
        _words("Tanaka Nakata Okada Kim Park Chen Lin Fujimori Tran Watanabe"),
        ("Osaka", "Seoul", "Taipei", "Kyoto"), "+81 90 5555 00##", 3,
    ),
    Origin(
        _words("Grace Caleb Maya Julian Naomi Wyatt Sierra Everett Dana Miles"),
        _words("Alder Castellano Whitfield Brookes Delacruz Harlan Pruitt Sayers Tolliver"),
        ("Portland", "Chicago", "Montréal", "Austin"), "+1 503 555 01##", 3,
    ),
)  # fmt: skip

# Names that a page must bear: other scripts, one word, more than one line.
ODD_NAMES = (
    ("美咲", "田中", "Kyoto"), ("نور", "الحداد", "Amman"), ("Madhavi", "", "Chennai"),
    ("Maria da Conceição", "Vasconcelos de Albuquerque e Castro", "Coimbra"),
    ("Σοφία", "Παπαδάκη", "Athens"), ("Bartholomew", "Featherstonehaugh-Lindqvist", "Norwich"),
)  # fmt: skip


class Field(NamedTuple):
    """A line of work: its firms, the posts there, and what one talks about with people in it."""

    firms: tuple[str, ...]
    posts: tuple[str, ...]
    talk: tuple[str, ...]


FIELDS = (
    Field(
        ("Rua Nova Press", "The Quay Review", "Lantern Books", "Casa do Papel", "Oficina Reis", "Foxglove Editions"),
        ("Editor", "Publisher", "Head of Rights", "Art Director", "Production Manager", "Translator"),
        ("The reprint of the tide tables", "The price of good paper", "The book on the kiosks of Lisbon",
         "Moving the catalogue to two seasons", "The Frankfurt week", "The series of small novels",
         "The letterpress Fridays"),
    ),
    Field(
        ("Tidewater Maps", "Blue Meridian", "Portolan Studio"),
        ("Cartographer", "Data Lead", "Producer", "Head of Charts", "Surveyor", "Map Editor"),
        ("The harbour atlas", "The old coast lines and the new", "How a street gets its name",
         "The chart of the estuary",
         "Printing at the right blue"),
    ),
    Field(
        ("Alder Freight", "Corvo Logistics", "Nordlys Shipping", "Halyard & Sons"),
        ("Operations Director", "Logistics Planner", "Fleet Manager", "Customs Adviser", "Site Manager"),
        ("The new warehouse at the docks", "Moving freight from road to rail", "The crane that arrived in pieces",
         "The winter routes"),
    ),
    Field(
        ("Casa do Cais", "Harbour & Pine", "Olivar Foods", "Sloan Brewing", "Maison Rousset", "Saffron Table"),
        ("Chef and Owner", "Buyer", "Head of Partnerships", "Head Brewer", "Marketing Director", "General Manager"),
        ("The second kitchen across the river", "The olive harvest in a wet year", "The menu without a freezer",
         "Opening on Mondays", "Looking for a pastry chef"),
    ),
    Field(
        ("Fernlight", "Cedar Labs", "Kolibri Software", "Paperplane Systems", "Ninefold"),
        ("Product Designer", "Software Engineer", "UX Researcher", "Chief Technology Officer", "Product Director"),
        ("The small team and the long roadmap", "Hiring two analysts", "The move to a four-day week",
         "Explaining privacy to a board", "Rewriting the search"),
    ),
    Field(
        ("Wehrle Ganz", "Pedra Viva", "Studio Albatroz", "North Mill Architects"),
        ("Architect", "Surveyor", "Partner", "Landscape Architect", "Interior Designer"),
        ("The library roof", "The competition in Ghent", "The old bricks for a new school",
         "The courtyard with the fig tree"),
    ),
    Field(
        ("Museum of Small Things", "Feira Viva", "Quay Theatre", "Bright Reading", "Sal Studio"),
        ("Curator", "Event Manager", "Director", "Head of Learning", "Photographer", "Programme Manager"),
        ("The spring fair", "The show of lost umbrellas", "Reading hours in the ferry hall",
         "The grant for the archive"),
    ),
    Field(
        ("Lindenhof Institute", "Universidade do Sado", "Ponte Languages", "Kestrel School"),
        ("Researcher", "Lecturer", "Interpreter", "Head of Department", "Librarian"),
        ("The year in Kyoto", "Teaching without slides", "The dictionary of sea words",
         "The students who write letters"),
    ),
    Field(
        ("Haddad Legal", "Okoro & Lund", "Ferro & Filhos", "Baobab Ventures", "Sextant Advisers"),
        ("Counsel", "Accountant", "Partner", "Investor", "Tax Adviser", "Managing Director"),
        ("The contracts in plain words", "Going part-time in the autumn", "The fund for small presses",
         "The lease of the shop", "Finding a successor"),
    ),
    Field(
        ("Northbank Trust", "City of Bergen", "Clear Water Fund", "Tejo Health", "Marlow Clinic"),
        ("Policy Adviser", "Programme Director", "Head of Insight", "Nurse Manager", "Fundraiser"),
        ("The clinic on the island", "The pilot in three towns", "Finding volunteers for the winter",
         "Measuring what matters"),
    ),
)  # fmt: skip

HOME_TALK = (
    "The long way round the lake", "The new flat with a view", "The garden after the storm", "The choir in December",
    "The house in the hills", "The half marathon", "Learning the cello at forty", "The boat that needs paint",
    "The two weeks in the Azores", "The bread that will not rise", "The twins starting school",
    "The dog called Biscuit",
    "The night train to Spain", "Swimming on Sundays", "The old record player",
)  # fmt: skip
SUBJECTS = (
    "Thursday", "The proofs", "A quick question", "Lunch next week?", "The photos", "Notes from today",
    "Dates for spring",
    "Thank you", "The list", "That article", "Quote for 300 copies", "Your talk", "The address you asked for", "News",
)  # fmt: skip
SHARED = (
    "Small teams, long memories",
    "The return of the paper map",
    "On writing to old friends",
    "Why shops have bells",
)
# What was asked, what became of it, and how many days ago it was asked.
ASKS = (
    ("An introduction to the buyer at the Quay Review", "yes", 70),
    ("Half an hour on the price of short print runs", "yes", 150),
    ("A word with the printers in Ghent", "", 30),
    ("A quote for the harbour atlas, to put on its cover", "no", 120),
    ("The address of a good binder", "silence", 95),
    ("A place at the makers’ table in spring", "", 9),
)  # fmt: skip
# What opened: its kind, in one line, how many days ago, and the ask that it came of, if of any.
DOORS = (
    ("introduction", "Introduced me to the buyer at the Quay Review", 60,
     "An introduction to the buyer at the Quay Review"),
    ("advice", "Went through the price list with me, line by line", 140,
     "Half an hour on the price of short print runs"),
    ("work", "Ordered three hundred copies of the tide tables", 33, ""),
    ("referral", "Recommended the shop to a museum in Porto", 210, ""),
)  # fmt: skip
NOTES = (
    "Takes the early ferry. Collects old harbour maps.", "Prefers a call to mail, mornings best.",
    "Vegetarian. Knows every bakery in town.", "Daughter plays the cello; concert each June.",
    "Reads on trains. Lent me a book on lighthouses.", "Runs on Sundays, never after rain.",
    "Knows everyone at the port. Generous with introductions.", "Does not like to be called before ten.",
    "Speaks five languages, shy about the fifth.", "Restoring a boat. Do not ask when it will be ready.",
    "Has a small press in the cellar.", "Wants to move north again one day.", "Good with young teams. Patient.",
    "Sings bass. Looks for a choir.", "Allergic to lilies.", "Keeps bees; sends honey in September.",
    "Twins, born in 2021.", "Writes real letters, always in blue ink.", "Met the mayor through a lost bicycle.",
    "Has an eye for type. Ask before choosing a cover.",
)  # fmt: skip
MET = {
    "client": ("At the Porto book fair", "At a tender for the city library", "At the spring trade fair in Madrid"),
    "past client": ("At the Leipzig fair", "At a workshop on small print runs", "At the opening of the harbour shop"),
    "colleague": ("In the first week at the shop", "At the bindery"),
    "past colleague": ("At the map desk, both new that week", "On the night shift at the docks",
                       "At the office by the river"),
    "friend": ("At university, same corridor", "At a wedding in Évora", "On the night train to Hendaye",
               "At the choir"),
    "supplier": ("At a paper fair in Ghent", "At the print works in Almada"),
    "met at an event": ("At the Reading Cities conference", "At a talk in the ferry hall",
                        "At the makers' summit in Bergen"),
    "mentor": ("At a course for young founders",),
    "neighbour": ("At the street party",),
}  # fmt: skip
TAGS = {
    "client": "client", "past client": "client", "colleague": "shop", "past colleague": "old colleagues",
    "friend": "friends", "supplier": "printers", "met at an event": "fairs", "mentor": "mentors", "neighbour": "street",
}  # fmt: skip
INTERESTS = ("maps", "sailing", "letterpress", "choir", "running", "cooking", "trains", "gardens")
FORMER = ("Tidewater Maps", "Alder Freight")  # where the owner worked before
