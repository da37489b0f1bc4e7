"""The words of column headings in nine languages: English, German, French, Spanish, Italian, Dutch, Polish,
Portuguese, Russian. Written without accents, as `headings.words` compares them."""

from __future__ import annotations

# A field, with its label where the heading gives one, and what it may be called. The whole heading, once
# numbers, fillers and the words for home and work are taken off.
HEADINGS = """
name:
    name; full name; display name; contact name; fullname; person; contact; member; attendee; participant;
    guest; anzeigename; vollstandiger name; ansprechpartner; kontakt; teilnehmer; nom complet; nom affiche;
    nom et prenom; nom prenom; nombre completo; nombre para mostrar; nombre y apellidos; nome completo; nome
    e cognome; nome visualizzato; nome exibido; nome a mostrar; volledige naam; weergavenaam; naam; imie i
    nazwisko; nazwa wyswietlana; фио; полное имя; отображаемое имя; first and last name; name surname
given:
    first name; given name; firstname; forename; first; vorname; prenom; nombre; nombre de pila; nome; primo
    nome; primeiro nome; voornaam; imie; имя
middle:
    middle name; middlename; additional name; middle names; weitere vornamen; zweiter vorname; deuxieme
    prenom; autres prenoms; segundo nombre; secondo nome; middelste naam; tweede naam; tussenvoegsel; drugie
    imie; segundo nome; nome do meio; отчество; второе имя
family:
    last name; family name; surname; lastname; last; nachname; familienname; nom; nom de famille; apellidos;
    apellido; cognome; achternaam; nazwisko; apelido; sobrenome; ultimo nome; фамилия
prefix:
    name prefix; prefix; honorific; salutation; anrede; civilite; tratamiento; aanhef; vorsatz; обращение;
    prefiks; prefisso; prefixo; voorvoegsel; namensprafix
suffix:
    suffix; name suffix; namenszusatz; suffixe; sufijo; suffisso; achtervoegsel; sufiks; sufixo; суффикс;
    namenssuffix; sufiks nazwiska
nickname:
    nickname; nick name; nick; spitzname; surnom; apodo; alias; soprannome; bijnaam; pseudonim; alcunha;
    псевдоним; apelido informal
organisation:
    company; organization; organisation; company name; organization name; organisation name; employer;
    business; firm; firma; unternehmen; organisation 1 name; arbeitgeber; societe; entreprise; employeur;
    empresa; organizacion; compania; compania o empresa; societa; azienda; ditta; organizzazione; bedrijf;
    organisatie; bedrijfsnaam; werkgever; organizacja; przedsiebiorstwo; nazwa firmy; organizacao;
    companhia; организация; компания; current company; account name; account; workplace
department:
    department; abteilung; service; departement; departamento; reparto; ufficio reparto; afdeling; dzial;
    wydzial; отдел; organization department; dipartimento
title:
    job title; jobtitle; position; role; occupation; title; designation; berufsbezeichnung; funktion; titel;
    stelle; arbeitstitel; rolle; fonction; poste; titre; intitule du poste; cargo; puesto; titulo;
    posizione; qualifica; titolo; mansione; ruolo; functie; positie; stanowisko; tytul; tytul zawodowy;
    funkcja; posicao; funcao; должность; organization title; headline; current position; job; post
email:
    email; email address; mail; mail address; primary email; secondary email; contact email; additional
    email; email adresse; mailadresse; primare email adresse; sekundare email adresse; zusatzliche email
    adresse; adresse de messagerie; adresse email; courriel; adresse electronique; adresse de courriel;
    messagerie; adresse electronique principale; adresse electronique secondaire; direccion de correo
    electronico; correo; correo electronico; direccion de correo; correo electronico principal; indirizzo
    posta elettronica; indirizzo di posta elettronica; indirizzo email; posta elettronica; email principale;
    emailadres; email adres; primair emailadres; adres email; poczta elektroniczna; adres poczty
    elektronicznej; podstawowy adres email; endereco de email; endereco de correio electronico; endereco de
    correio eletronico; correio eletronico; correio electronico; email principal; адрес электронной почты;
    электронная почта; адрес эл почты; почта; эл почта; email addresses; emails
phone:
    phone; phone number; telephone; telephone number; tel; telefon; telefonnummer; rufnummer; telefono;
    telefone; telefoon; telefoonnummer; numer telefonu; телефон; номер телефона; primary phone; main phone;
    haupttelefon; telephone principal; telefono principal; telefono principale; telefone principal;
    hoofdtelefoon; telefon glowny; основной телефон; phone numbers; company main phone; telefon firma;
    numero de telephone; numero de telefono; numero di telefono; numero telefone; callback; whatsapp;
    telefoon bedrijf; telephone societe; telefon organizacji; telefon firmy; telefono societa; telefone da
    empresa; tel nr
phone cell:
    телефон переносной; мобильный тел;
    mobile phone; mobile; cell; cell phone; cellphone; mobile number; mobiltelefon; handy; mobil; gsm; mobil
    tel nr; handynummer; mobilnummer; tel mobile; telephone mobile; portable; telephone portable; movil;
    telefono movil; telefono celular; celular; cellulare; telefono cellulare; mobiel; mobiele telefoon;
    mobiel nummer; telefon komorkowy; komorka; telemovel; telefone celular; telefone movel; мобильный;
    мобильный телефон; сотовый телефон; сотовый
phone work:
    ufficio;
phone home:
    abitazione;
phone fax:
    fax; fax number; faxnummer; fax nummer; telecopie; telecopieur; numero de fax; faks; numer faksu; факс;
    телефакс
phone pager:
    pager; pager number; pager nummer; recepteur de radiomessagerie; localizador; cercapersone; semafoon;
    pagina; пейджер
phone car:
    car phone; autotelefon; telephone voiture; telefono del automovil; telefono auto; autotelefoon; telefon
    w samochodzie; telefone do automovel; автомобильный телефон; radio phone
address:
    address; location; full address; mailing address; adresse; anschrift; standort; direccion; indirizzo;
    adres; endereco; morada; адрес; postal address; based in; lives in
street:
    street; street address; address line; strasse; hausnummer; rue; calle; via; straat; ulica; rua; улица;
    adresszeile; postadresse; direccion postal
city:
    city; town; locality; ort; stadt; wohnort; ville; ciudad; poblacion; citta; localita; plaats; stad;
    woonplaats; miasto; miejscowosc; cidade; localidade; город
region:
    regiao; state; region; province; county; state province; state region; bundesland; kanton; dep region;
    departement region; etat; provincia; estado; estado o provincia; regione; provincia o stato; provincie;
    staat; wojewodztwo; stan; distrito; область; область край; край; регион
postcode:
    postal code; zip; zip code; zipcode; postcode; zip postal code; plz; postleitzahl; code postal; codigo
    postal; cap; codice postale; kod pocztowy; cep; индекс; почтовый индекс; почтовый код
country:
    pais regiao; pais ou regiao; country; country region; nation; land; land region; staat land; pays; pays
    region; pais; pais o region;
    pais region; paese; paese area geografica; paese regione; land regio; kraj; kraj region; страна; страна
    регион
link:
    web page; website; web; url; homepage; home page; link; site; webseite; webseite url; site web; page
    web; pagina web; sitio web; sito web; webpagina; strona sieci web; strona internetowa; strona www;
    pagina da web; web site; веб страница; сайт; blog; personal web page; business web page; portfolio
profile linkedin:
    linkedin; linkedin url; linkedin profile; profile url; profile; linkedin link; linkedin profil; profil
    linkedin; perfil de linkedin; perfil linkedin; profilo linkedin; profil url; linkedin profile url
profile github:
    github; github url; github profile
profile twitter:
    twitter; twitter handle; x handle; x twitter; twitter url
profile facebook:
    facebook; facebook url; facebook profile
profile instagram:
    instagram; instagram handle; instagram url
profile xing:
    xing; xing profil; xing profile
handle:
    im; imaddress; im address; screen name; messenger name; instant messenger; chat; im adresse
handle skype:
    skype; im skype; skype id; skype name
handle telegram:
    telegram; telegram handle
handle signal:
    signal
handle aim:
    im aim
handle icq:
    im icq
handle jabber:
    im jabber
handle msn:
    im msn
handle yahoo:
    im yahoo
birthday:
    birthday; birth date; birthdate; date of birth; dob; geburtstag; geburtsdatum; anniversaire; date de
    naissance; naissance; cumpleanos; fecha de nacimiento; compleanno; data di nascita; verjaardag;
    geboortedatum; urodziny; data urodzenia; aniversario; data de nascimento; день рождения; дата рождения;
    bday
birth_year:
    birth year; geburtsjahr; annee de naissance; ano de nacimiento; anno di nascita; geboortejaar; rok
    urodzenia; ano de nascimento; год рождения
birth_month:
    birth month; geburtsmonat; mois de naissance; mes de nacimiento; mese di nascita; geboortemaand; miesiac
    urodzenia; mes de nascimento; месяц рождения
birth_day:
    birth day; jour de naissance; dia de nacimiento; giorno di nascita; geboortedag; dzien urodzenia; dia de
    nascimento
anniversary:
    anniversary; wedding anniversary; jahrestag; hochzeitstag; anniversaire de mariage ou fete; anniversaire
    de mariage; anniversario; trouwdag; rocznica; aniversario de casamento; годовщина; speciale datum;
    aniversario de bodas; gedenkdag; data especial; jubileum
known_since:
    connected on; connected at; known since; date connected; met on; date met; first met; bekannt seit;
    kontakt seit; verbunden am; connu depuis; date de connexion; conocido desde; conosciuto dal; bekend
    sinds
note:
    notes; note; comments; comment; remarks; additional info; additional information; about; description;
    bio; context; memo; notizen; notiz; bemerkung; bemerkungen; anmerkung; anmerkungen; commentaire;
    commentaires; remarques; notas; nota; observaciones; comentarios; annotazioni; commenti; notities;
    opmerkingen; opmerking; notatki; uwagi; anotacoes; observacoes; заметки; примечание; примечания;
    комментарий; how we met
category:
    categories; category; tags; tag; labels; label; groups; group; group membership; kategorien; kategorie;
    gruppe; gruppen; schlagworter; mots cles; categorie; groupes; etiquettes; categorias; categoria;
    etiquetas; grupos; etichette; gruppi; categorieen; groepen; grupy; kategorie kontaktow; категории;
    группы; теги; relation; relationship
extra:
    spouse; children; hobby; hobbies; managers name; manager name; assistants name; assistant name; referred
    by; profession; maiden name; schools; partner; kinder; empfohlen von; name assistent; beruf; name des
    der vorgesetzten; conjoint; conjoint e; enfants; recommande par; conyuge; hijos; coniuge; figli; partner
    echtgenoot; kinderen; wspolmalzonek; dzieci; conjuge; filhos; супруг а; супруг; дети; хобби; loisirs;
    aficiones; hobbys; education; interests; skills; met at; event
"""

# Where one is reached: words that stand beside a kind of value.
PLACES = """
work:
    werkadres раб business work office geschaftlich dienstlich geschaft buro bureau professionnel
    professionnelle pro
    travail trabajo negocio negocios oficina comercial empresarial lavoro ufficio uff werk zakelijk kantoor
    praca pracy sluzbowy sluzbowa sluzbowe sluzbowego biuro firmowy trabalho emprego escritorio рабочий
    рабочая рабочее рабочего служебный служебная офис
home:
    huisadres home private privat personal personnel personnelle domicile prive particular casa abitazione
    ab thuis
    huis dom domowy domowa domowe domu residencial domicilio residencia pessoal домашний домашняя дом личный
    личная perso
other:
    other weitere weiterer weiteres weitererort andere anderer autre otro otra altro altra overig overige
    ander inny inna inne outro outra другой другая другое
"""

# Words that say nothing by themselves.
FILLERS = """
endereco indirizzo adres адрес op em en primary de del della des la le l da do di du das dos of the w na nr
no value wert adresa for
"""

# In the heading of a column that says something about a value, or of another person's value.
ABOUT = """
lassistant lassistante weergegeven anzeigename type typ tipo тип display angezeigter affiche complet
visualizzato yomi phonetic kana busy frei status
verified valid opt consent subscribed bounced server serveur servidor box boite postfach casella apartado
skrytka postbus caixa ящик assistant assistants assistent assistente asistente asystent asystenta ассистента
помощника label photo picture image id uuid hash count format
"""
