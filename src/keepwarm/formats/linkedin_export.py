"""The files of a LinkedIn export that hold no connections, each known by its columns."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from keepwarm.formats import table, text
from keepwarm.formats.batch import Sample


class Known(NamedTuple):
    """A file by some of its columns; up to three columns must be all that it has."""

    usual_name: str
    columns: str
    holds: str
    about_others: bool = False  # Keepwarm may read it one day


KNOWN = (
    Known("guide_messages.csv", "CONVERSATION ID,FROM,TO,DATE,CONTENT", "chats with LinkedIn's assistant"),
    Known("messages.csv", "FROM,TO,DATE,CONTENT", "messages, without LinkedIn's column CONVERSATION ID", True),
    Known("Recommendations.csv", "First Name,Last Name,Job Title,Text,Creation Date,Status",
          "recommendations, and only the file's own name tells those that you gave from those that you received",
          True),
    Known("ImportedContacts.csv", "Source,FirstName,LastName,Emails,PhoneNumbers",
          "address book entries that were once given to LinkedIn", True),
    Known("Notes.csv", "Connection First Name,Connection Last Name,Connection Profile URL,Note",
          "your LinkedIn notes about people", True),
    Known("Member_Follows.csv", "Date,Status,FullName", "names of members you follow", True),
    Known("Shares.csv", "Date,ShareLink,ShareCommentary,SharedUrl", "posts"),
    Known("Comments.csv", "Date,Link,Message", "comments"),
    Known("Reactions.csv", "Date,Type,Link", "reactions to posts"),
    Known("Votes.csv", "Date,Link,OptionText", "votes in polls"),
    Known("InstantReposts.csv", "Date,Link", "reposts"),
    Known("saved_articles.csv", "Saved At,Link,Name", "saved articles"),
    Known("Rich_Media.csv", "Date/Time,Media Description,Media Link", "pictures and other media"),
    Known("Ad_Targeting.csv", "Member Age,Company Names,Job Seniorities,Member Skills",
          "what LinkedIn shows advertisers"),
    Known("Ads Clicked.csv", "Ad clicked Date,Ad Title/Id", "advertisements"),
    Known("Inferences_about_you.csv", "Category,Type of inference,Description,Inference",
          "what LinkedIn infers about you"),
    Known("Company Follows.csv", "Organization,Followed On", "companies you follow"),
    Known("Hashtag_Follows.csv", "HashTag,CreatedTime,State", "topics you follow"),
    Known("Events.csv", "Event Name,Event Time,Status,External Url", "events"),
    Known("Languages.csv", "Name,Proficiency", "your languages"),
    Known("Skills.csv", "Name", "your skills"),
    Known("Certifications.csv", "Name,Url,Authority,Started On", "your certificates"),
    Known("Courses.csv", "Name,Number", "your courses"),
    Known("Honors.csv", "Title,Description,Issued On", "your honours"),
    Known("Projects.csv", "Title,Description,Url,Started On", "your projects"),
    Known("Publications.csv", "Name,Published On,Description,Publisher", "your publications"),
    Known("Volunteering.csv", "Company Name,Role,Cause,Started On", "your voluntary work"),
    Known("Causes You Care About.csv", "Supported Cause", "causes you care about"),
    Known("Organizations.csv", "Name,Position,Description,Started On", "your memberships"),
    Known("Learning.csv", "Content Title,Content Description,Content Type,Content Saved",
          "courses you looked at"),
    Known("PhoneNumbers.csv", "Extension,Number,Type", "your own phone numbers"),
    Known("Whatsapp Phone Numbers.csv", "Number,Extension,Is_WhatsApp_Number", "your own phone numbers"),
    Known("Private_identity_asset.csv", "Private Identity Asset Name,Private Identity Asset Raw Text",
          "papers that you gave to LinkedIn"),
    Known("Profile Summary.csv", "Profile Summary", "the summary of your profile"),
    Known("Receipts.csv", "Transaction Made At,Payment Method Type,Invoice Number,Total Amount", "receipts"),
    Known("Registration.csv", "Registered At,Registration Ip,Subscription Types", "your registration"),
    Known("Verifications.csv", "Verification type,Issuing authority,Document type,Verified date",
          "checks of your identity"),
    Known("Logins.csv", "Login Date,IP Address,User Agent", "your sign-ins"),
    Known("Security Challenges.csv", "Challenge Date,IP Address,User Agent,Country", "sign-in checks"),
    Known("SearchQueries.csv", "Time,Search Query", "your searches"),
    Known("SavedJobAlerts.csv", "ALERT_PARAMETERS,QUERY_CONTEXT,SAVED_SEARCH_ID", "job alerts"),
    Known("Saved Jobs.csv", "Saved Date,Job Url,Job Title,Company Name", "saved jobs"),
    Known("Job Applications.csv", "Application Date,Company Name,Job Title,Job Url", "job applications"),
    Known("Job Seeker Preferences.csv", "Locations,Industries,Preferred Job Types,Job Titles",
          "what jobs you look for"),
    Known("Job Applicant Saved Answers.csv", "Question,Answer", "answers for job applications"),
)  # fmt: skip


def known_elsewhere(sample: Sample) -> str:
    """One sentence for a file of the export that is not read; "" for any other file."""
    keys = _keys(sample)
    for known in KNOWN:
        wanted = {table.key(name) for name in known.columns.split(",")}
        if keys == wanted or (len(wanted) > 3 and wanted <= keys):
            return _sentence(PurePosixPath(sample.name.replace("\\", "/")).name or known.usual_name, known)
    return ""


def _sentence(name: str, known: Known) -> str:
    if known.about_others:
        return f"{name} holds {known.holds}. Keepwarm does not read these yet; nothing was changed."
    return f"{name} holds {known.holds}, not people."


def _keys(sample: Sample) -> set[str]:
    """The columns of the first line that is not blank, by the delimiter that gives most of them."""
    lines = (line for line in text.start(sample.head).splitlines() if line.strip())
    first = next(lines, "")
    cells = max((table.split(first, d) for d in table.DELIMITERS), key=len)
    return {k for cell in cells if (k := table.key(cell))}
