"""A hundred things to read and sixty invented people, and who would like which: judged by hand before any ranker ran.

Each item was written with a few people in mind, some with their words and some with none of them; then all sixty
were gone through, and everybody named whom a thoughtful friend would have sent it. Even numbers are for tuning.
"""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """What is on record about one person."""

    name: str
    title: str
    organisation: str
    tags: tuple[str, ...]
    notes: tuple[str, ...]
    topics: tuple[str, ...] = ()  # what letters and meetings were about


class Read(NamedTuple):
    """Something on the shelf, and those who would like it."""

    title: str
    summary: str
    people: tuple[str, ...]


def _tags(said: str) -> tuple[str, ...]:
    return tuple(said.split(", ")) if said else ()


# name | title | organisation | tags | note | what letters were about
_PEOPLE = """
Lea Castell | Head of Talent | Corrib | hiring | Filling two analyst posts, finds interviews a lottery | Job advert for the data team
Dina Holm | People Partner | Northgate Hospital | | Rewriting how they appraise nurses, dreads annual reviews | Staff survey
Finn Grieve | Turbine Engineer | Skarv Offshore | fiddle | Builds wind turbines in the North Sea, plays in sessions on Thursdays | Blade inspection by drone
Efua Mensah | Radio Producer | Kanal 4 | audio | Collects field recordings of harbours and forests | Podcast about rivers
Omar Haddad | Founder | Sunroof | | Puts panels on school roofs, waits months for each grid connection | Subsidy application
Ines Duarte | Network Planner | Enera | | Wants batteries in every district to shave the evening peak | Substation visit
Bao Kimura | Platform Engineer | Stackhaus | | Moved everything to Kubernetes last year, on call far too often | Outage review
Ivo Orlov | Security Lead | Lindebank | | Runs phishing tests on staff, tired of password rules | Penetration test
Mei Tanaka | Data Scientist | Alba Insurance | statistics | Has to explain fraud models to the regulator | Bias in claims
Rafael Pires | Researcher | University of Porto | language models | Trains small models for Portuguese on one graphics card | Corpus licence
Zoe Marsh | Frontend Developer | Tidewater | accessibility | Tests with screen readers, campaigns for contrast | Keyboard menus
Goran Kovac | Database Administrator | Municipal Archive | | Plans a big Postgres upgrade, collects slow queries | Backup restore drill
Nadia Rahimi | Employment Lawyer | Rahimi Legal | | Fights for couriers on zero-hours contracts | Tribunal hearing
Hugo Barros | Patent Attorney | Barros Ferro | biotech | Files for gene therapy firms | Opposition deadline
Ilse Bakker | Accountant | Own practice | | Looks after freelancers who sell across borders, VAT is her daily bread | Invoices in euros
Karim Sloan | Investor | Firstlight Capital | climate | Backs hardware founders very early, asks about unit economics | Pitch evening
Sana Reyes | Loan Officer | Credit Union | | Lends to corner shops and hairdressers that banks turn away | Small business fair
Luca Rosso | Baker | Forno Rosso | sourdough | Flour prices keep him awake, mills his own rye | Oven repair
Amara Oduya | Restaurant Owner | Table Nine | | Wants to halve what her kitchen throws away | New autumn menu
Paolo Gallo | Wine Importer | Vigna | | Looks for growers who use no sulphites | Tasting in Turin
Tess Lang | Coffee Roaster | Lang Roasters | | Visited growers in Ethiopia, pays above market | Green bean prices
Bram Jansen | Dairy Farmer | Jansen Farm | cheese | Sixty cows, started making gouda, soil is his obsession | Milk quota
Vera Lobo | Librarian | Leeds Library | beekeeping | Three hives behind the allotment, runs the reading hour for toddlers | Summer reading
Olga Weiss | Landscape Architect | Grünraum | | Plants that survive a dry summer, sponge streets | Park competition
Jonas Adler | Architect | Adler Works | hospitals | Cares about daylight and waiting rooms | Ward refurbishment
Dagny Eide | Structural Engineer | Eide Tre | timber | Designs tall houses out of wood | Fire safety test
Emeka Umar | Housing Director | Riverside Homes | | Mould and damp in old flats, insulating three hundred of them | Tenant meeting
Noor Yilmaz | Transport Planner | City of Ghent | cycling | Closed a street to cars and got shouted at | School streets
Tariq Sharma | Timetable Planner | Northern Rail | trains | Hates missed connections, loves night trains | Signal works
Selma Toth | Fleet Manager | Metro Bus | | Swapping diesel buses for electric, chargers are the headache | Depot wiring
Lars Dahl | Freight Forwarder | Dahl Cargo | | Containers stuck in ports, rates jump every week | Customs forms
Wanda Stein | Warehouse Manager | Parcelo | | Brought in picking robots, worried about her team's backs | Peak season
Carmen Melo | Textile Designer | Fio | | Makes cloth from worn jeans, wants to end fast fashion | Dye supplier
Uma Blom | Toy Designer | Klots | children | Wooden toys, watches how toddlers play | Safety certificate
Joris Quist | Maths Teacher | Lyceum | | Half of his class is afraid of fractions | Exam marking
Greta Linde | Headteacher | Oakfield School | | Banned phones at school, parents are split | Teacher shortage
Soren Fjord | Dean | Aarhus College | | Worries about lonely first-year students | Dormitory plans
Keiko Sato | Translator | Freelance | Japanese | Turns Japanese crime novels into English, fears machines take the dull work | Contract rates
Aoife Larkin | Bookseller | Larkin Books | | Keeps an independent shop alive with readings and a book club | Christmas orders
Chidi Ekwueme | Poet | | poetry | Teaches slam workshops in prisons | Festival line-up
Davit Asari | Editor | Harbour Courier | local news | Lives on newsletter subscribers now that adverts are gone | Council reporting
Lamia Darwish | Photographer | Studio Lamia | darkroom | Prints by hand, old plates and silver | Exhibition prints
Mads Nagy | Documentary Maker | Nagy Film | | Films fishermen, always short of money for the edit | Archive footage
Astrid Ganz | Choir Conductor | Cathedral Choir | singing | Sixty amateurs, new works by women composers | Concert programme
Quinn Bellamy | Pianist | | jazz | Plays in bars, learns to improvise with dancers | Tour dates
Imani Abara | Curator | Ethnographic Museum | | Gives objects back to where they were taken from | Loan agreement
Kaito Ikeda | Game Designer | Little Dice | board games | Cooperative games for families, prototypes in cardboard | Playtest
Elif Kaya | Physiotherapist | Kaya Physio | running | Trains for her third marathon, treats knees | Injury talk
Ivan Varga | Surveyor | Varga Maps | climbing | Maps glaciers on his holidays | Drone licence
Rana Moro | Marine Biologist | Coastal Institute | sailing | Replants seagrass, counts seahorses | Harbour dredging
Tomas Novak | Actuary | Pension Mutual | birds | Up at five for warblers, models how long people live | Annuity rates
Leila Zaman | Family Doctor | Hill Practice | | Burnt out once, now guards her lunch hour; waiting lists are endless | Flu clinic
Femke Pohl | Palliative Nurse | Hospice House | | Talks with families about dying, keeps a diary | Volunteer training
Farid Nakata | Psychologist | Sleep Clinic | | Treats insomnia without pills | Shift workers study
Beatriz Vidal | Clinical Trial Manager | Novamed | | Struggles to find patients for rare diseases | Ethics board
Esra Cohen | Fundraiser | Safe Harbour | refugees | Writes to donors every spring, wants fewer gala dinners | Grant report
Mira Zoric | Digital Services Lead | City Council | | Makes forms that people can fill in without help | Housing benefit form
Hana Winter | Coordinator | Food Bank | volunteers | Finding people who stay is harder than finding food | Van rota
Yara Keane | Mediator | Keane Dialogue | negotiation | Sits between unions and managers | Strike talks
Priya Haddon | Product Manager | Looply | | Interviews users every week, her team is spread over five time zones | Roadmap
"""

# title | summary | who would like it, by given name
_ITEMS = """
What good hiring looks like | Structured interviews predict who does well; gut feeling does not. | Lea, Dina
The end of the annual review | Firms that talk every month instead of once a year. | Dina, Lea
What a wind farm sounds like in winter | Recordings from the sea, with the hum of the blades. | Efua, Finn
Solar on every school | One county put modules on all its schools; the children read the meters. | Omar, Greta, Ines
Why the queue for the grid is so long | New power plants wait years to be plugged in. | Omar, Ines, Finn, Karim
Home storage pays when a whole street joins | Neighbours pool their batteries and sell at supper time. | Ines, Omar, Karim
Container orchestration without tears | How a small team runs clusters and sleeps at night. | Bao, Goran
Paging fewer engineers at night | A kinder rota for those who keep systems up. | Bao, Farid
Passkeys, explained to your grandmother | Signing in with a fingerprint and nothing to remember. | Ivo, Mira
People click, whatever you teach them | A large trial of simulated scam mail at a hospital. | Ivo, Mei
Opening the black box for supervisors | How lenders and insurers show why a model said no. | Mei, Sana
Small is beautiful: training language models at home | A weekend, one card, and a decent result. | Rafael, Mei
A corpus for languages that few speak | Volunteers read sentences aloud for science. | Rafael, Keiko, Efua
What blind users wish you knew | Twelve people show how they shop with speech output. | Zoe, Mira, Priya
Forms nobody should have to fill in | A government office cut its questions from 90 to 12. | Mira, Zoe, Emeka
Faster queries with the right index | Reading an execution plan for beginners. | Goran, Bao
When did you last try to restore? | Stories of backups that were not there. | Goran, Ivo, Bao
Riders win in court | Judges say that delivery riders are employees. | Nadia, Yara
Can a gene be owned? | Courts on both sides of the ocean disagree. | Hugo, Beatriz
Selling abroad from your kitchen table | Duties and value added tax for one-person firms. | Ilse, Keiko, Sana
The first cheque | Seed funders on what they look for in climate technology. | Karim, Omar
Lending where banks will not | A credit union in the Bronx and its barbers. | Sana, Karim
The loaf that changed a village | A miller, a baker and an old kind of wheat. | Luca, Amara, Bram
Bread without yeast from the shop | Keeping a starter alive for a hundred years. | Luca, Vera
The bin tells all | Chefs who weigh their scraps and cook the peel. | Amara, Hana
Wine with nothing added | Vintners of the Jura and their cloudy bottles. | Paolo, Amara
What a fair price for coffee is | Farmers in Ethiopia and Colombia count their costs. | Tess, Amara
Heat is moving the harvest uphill | Arabica growers climb as summers get hotter. | Tess, Paolo
Cows that build topsoil | Grazing in small paddocks brings the worms back. | Bram, Olga
Making cheese in a garage | Four recipes for raw milk. | Bram, Amara
Swarms in the city | Rooftop hives may crowd out wild pollinators. | Vera, Olga
Honey, year by year | A diary of one colony. | Vera, Bram
Reading aloud to two-year-olds | It matters less what you read than that you do. | Vera, Uma, Aoife
Gardens for a thirsty century | Gravel, thyme and no hosepipe. | Olga, Vera
Streets that drink the rain | How Copenhagen copes with cloudbursts. | Olga, Noor, Mira
Four hospital lobbies that calm you down | Pictures, and one surprising number about chairs. | Jonas, Dina
Light heals | Patients at a window go home a day sooner. | Jonas, Leila, Femke
Eighteen storeys of wood | The tallest timber tower yet, and how it burns. | Dagny, Jonas
A sawmill prints houses | Panels cut by machine, walls up in two days. | Dagny, Emeka, Karim
Dry walls, warm rooms | Retrofitting tower blocks without moving anyone out. | Emeka, Dagny, Jonas
Black spots on the bedroom wall | What landlords must do about mould. | Emeka, Nadia, Leila
The street without cars, five years on | Shops sell more; nobody wants it back. | Noor, Greta
Helmets are not the point | What makes people ride bicycles in winter. | Noor, Elif
Sleeper trains return | Brussels to Venice, and you wake among mountains. | Tariq, Noor
The clockface timetable | Why Swiss trains wait for each other. | Tariq, Selma
Electric buses in the cold | A Norwegian depot on batteries, heating and sockets. | Selma, Noor, Ines
Charging forty vans overnight | Smart sharing instead of a thicker cable. | Selma, Ines, Wanda
Where is my box? | Shipping lines skip harbours, importers wait. | Lars, Paolo
Paperless at the border | Customs goes digital at last. | Lars, Ilse, Mira
Robots that lift so that people need not | Exoskeletons in parcel centres. | Wanda, Elif
The body of a picker | Ten years in a depot, told by a spine. | Wanda, Elif, Nadia
Jeans to jeans | A mill spins new denim out of old. | Carmen, Karim
The true price of a T-shirt | From cotton field to landfill in seven wears. | Carmen, Tess
Toys that do nothing | Why sticks and blocks beat batteries. | Uma, Kaito, Vera
Play is work | A scientist watches children build. | Uma, Joris, Greta
Fear of numbers can be unlearnt | Teachers who begin with mistakes. | Joris, Greta, Soren
Halves, thirds and pizza | Games that make fractions easy. | Joris, Kaito, Uma
A year without smartphones in class | Grades up a little, playgrounds much louder. | Greta, Joris
Who will teach our children? | Schools search for staff abroad. | Greta, Lea
Alone in a full lecture hall | First semesters and friendship. | Soren, Farid
Flats for students and pensioners | They share a kitchen and a cat. | Soren, Emeka, Tomas
Machine translation and the novel | Translators on what software cannot hear. | Keiko, Rafael, Aoife
Noir from Osaka | A guide to detective fiction of Japan. | Keiko, Aoife
How small bookshops survive | Events, coffee and stubbornness. | Aoife, Sana, Chidi
Reading groups make better neighbours | A study of 400 clubs. | Aoife, Vera
Verse behind bars | Inmates publish their first anthology. | Chidi, Aoife
Spoken word for shy people | Exercises for the first open mic. | Chidi, Quinn
A paper owned by its readers | Two thousand members pay for a town's reporters. | Davit, Esra
After the advertisements left | What community journalism can live on. | Davit, Mads
Silver, salt and sunlight | Making photographs as in 1850. | Lamia, Imani
Film is back | Labs cannot keep up with demand for rolls. | Lamia, Mads
Paying for a true story | Grants for non-fiction cinema in Europe. | Mads, Esra
The last trawler | A portrait of a harbour and its crew. | Mads, Rana, Finn
Composers you were never taught | Thirty scores by women for mixed voices. | Astrid, Quinn
Singing together lowers blood pressure | A trial with amateur choirs. | Astrid, Leila
Jamming with a choreographer | Musicians and movers listen to each other. | Quinn, Astrid
Old tunes of the islands | Reels and airs for bow and strings. | Finn, Quinn, Efua
Home after a century | A carved mask returns to Benin. | Imani, Lamia
Whose heritage? | Collections and their colonial past. | Imani, Chidi
Winning together | Why families like games without a loser. | Kaito, Uma
From cardboard to shop shelf | A designer's first production run. | Kaito, Uma, Karim
Your knees like to run | Joggers have less arthritis, not more. | Elif, Leila
The last ten kilometres | Pacing, gels and grit on race day. | Elif, Ivan
A glacier in numbers | Laser scans show a tongue melting. | Ivan, Rana, Olga
Rope, trust and silence | Two friends on a north face. | Ivan, Yara
Meadows under the sea | Planting eelgrass by hand to store carbon. | Rana, Olga, Karim
Round the coast under canvas | Six weeks on a small boat. | Rana, Finn
The dawn chorus, explained | Who sings first and why. | Tomas, Efua
Living to a hundred | What pension funds assume, and why they err. | Tomas, Mei, Femke
Doctors who say no | Physicians set limits and stay well. | Leila, Dina, Farid
The waiting room is full | Ideas against the long wait for an appointment. | Leila, Jonas, Beatriz
How to speak of the end | Conversations that help the bereaved. | Femke, Leila
A notebook by the bed | Carers who write feel lighter. | Femke, Chidi, Vera
Sleep without tablets | Therapy beats medicine in the long run. | Farid, Leila
Night shifts and the heart | What working after dark does to us. | Farid, Nadia, Wanda
Finding the few | Recruiting volunteers for studies of uncommon illnesses. | Beatriz, Hugo
No more black tie | Charities that raise more with handwritten notes. | Esra, Hana
Why helpers leave | And four things that make them come back. | Hana, Esra, Femke
Getting past the deadlock | A hostage negotiator on listening. | Yara, Nadia
Ask, do not sell | Talking to customers so that they tell the truth. | Priya, Karim, Zoe
"""


def people() -> list[Known]:
    found = []
    for line in _PEOPLE.strip().splitlines():
        name, title, firm, tags, note, topic = (cell.strip() for cell in line.split("|"))
        found.append(Known(name, title, firm, _tags(tags), (note,), (topic,)))
    return found


def items() -> list[Read]:
    found = []
    for line in _ITEMS.strip().splitlines():
        title, summary, names = (cell.strip() for cell in line.split("|"))
        found.append(Read(title, summary, tuple(names.split(", "))))
    return found
