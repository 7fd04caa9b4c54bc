"""What File 7 of the English Indices of Deprivation 2025 measures: the index, its domains and its sub-domains."""

from __future__ import annotations

from dataclasses import dataclass

from etl.sources.reading import Column
from etl.sources.spec import Indicator

DOMAIN = "Deprivation 2025"
PERIOD = "IoD 2025 (most data 2022 to 2024)"
RELATIVE = (
    "Ranks and deciles are relative to the rest of England: a change since 2019 need not mean that things got "
    "better or worse. Not every deprived person lives in a deprived neighbourhood."
)
RATE = "The score is a rate, so it can be read as a share of people; the other scores cannot be added or divided."
SCORE = "The score orders neighbourhoods and has no unit: twice the score is not twice the deprivation."


@dataclass(frozen=True)
class Measure:
    """One measure of the Indices: what the publisher calls it, and what it is.

    Parameters
    ----------
    decimals
        With how many a score is said: more where all of England lies within a few points.
    """

    stem: str
    heading: str
    name: str
    definition: str
    is_rate: bool = False
    is_optional: bool = False
    weight: str = ""
    decimals: int = 1

    def columns(self) -> tuple[Column, Column, Column]:
        """Return its score, rank and decile."""
        score = f"{self.heading} Score{' (rate)' if self.is_rate else ''}"
        rank = f"{self.heading} Rank (where 1 is most deprived)"
        decile = f"{self.heading} Decile (where 1 is most deprived 10% of LSOAs)"
        return (
            Column(
                f"{self.stem}_score",
                (score,),
                type="number",
                is_optional=self.is_optional,
                minimum=0 if self.is_rate else None,
                maximum=1 if self.is_rate else None,
            ),
            Column(f"{self.stem}_rank", (rank,), type="rank", is_optional=self.is_optional),
            Column(f"{self.stem}_decile", (decile,), type="decile", is_optional=self.is_optional),
        )

    def indicator(self) -> Indicator:
        """Return how it is listed."""
        return Indicator(
            indicator_id=f"{self.stem}_2025",
            name=self.name,
            unit="share of people" if self.is_rate else "score",
            polarity="higher_is_worse",
            domain=DOMAIN,
            period=PERIOD,
            definition=f"{self.definition} {self.weight}".strip(),
            caveat=f"{RATE if self.is_rate else SCORE} {RELATIVE}",
            decimals=3 if self.is_rate else self.decimals,
        )


MEASURES = (
    Measure(
        "imd",
        "Index of Multiple Deprivation (IMD)",
        "Index of Multiple Deprivation",
        "Seven domains of deprivation, each ranked, put on an exponential scale and added by weight: income 22.5%, "
        "employment 22.5%, education 13.5%, health 13.5%, crime 9.3%, barriers to housing and services 9.3%, living "
        "environment 9.3%. The worst 20% of neighbourhoods nationally are the “Core20” of Core20PLUS5.",
    ),
    Measure(
        "income",
        "Income",
        "Income deprivation",
        "Share of residents, adults and children, in households on a low income: out of work or on low earnings and "
        "receiving means-tested benefits.",
        is_rate=True,
        weight="A domain with 22.5% of the weight of the index.",
    ),
    Measure(
        "employment",
        "Employment",
        "Employment deprivation",
        "Share of people of working age who are shut out of work against their will by unemployment, sickness, "
        "disability or caring.",
        is_rate=True,
        weight="A domain with 22.5% of the weight of the index.",
    ),
    Measure(
        "education",
        "Education, Skills and Training",
        "Education, skills and training",
        "Lack of attainment and skills: half from children and young people (attainment at school, absence, entry to "
        "higher education), half from adults (no or low qualifications, little English).",
        weight="A domain with 13.5% of the weight of the index.",
    ),
    Measure(
        "health",
        "Health Deprivation and Disability",
        "Health deprivation and disability",
        "Risk of early death and of poor physical or mental health: years of life lost, illness and disability "
        "benefits, emergency admissions, and mental ill health, allowing for age and sex.",
        weight="A domain with 13.5% of the weight of the index.",
        decimals=2,
    ),
    Measure(
        "crime",
        "Crime",
        "Crime",
        "Risk of being a victim: recorded violence, stalking and harassment, burglary, theft, criminal damage, public "
        "order offences and weapons, and anti-social behaviour, per person or property at risk.",
        weight="A domain with 9.3% of the weight of the index.",
        decimals=2,
    ),
    Measure(
        "barriers",
        "Barriers to Housing and Services",
        "Barriers to housing and services",
        "How hard housing and local services are to reach: half geographical (journey times to services), half wider "
        "(homelessness, overcrowding, affordability, broadband speeds, patients per GP).",
        weight="A domain with 9.3% of the weight of the index.",
    ),
    Measure(
        "living_environment",
        "Living Environment",
        "Living environment",
        "Quality of the surroundings: 70% indoors (housing in poor condition or hard to heat), 30% outdoors (air "
        "quality, noise, road casualties).",
        weight="A domain with 9.3% of the weight of the index.",
    ),
    Measure(
        "idaci",
        "Income Deprivation Affecting Children Index (IDACI)",
        "Children in income-deprived households",
        "Share of children aged 0 to 15 living in households on a low income. A part of the income domain.",
        is_rate=True,
        is_optional=True,
    ),
    Measure(
        "idaopi",
        "Income Deprivation Affecting Older People (IDAOPI)",
        "Older people who are income-deprived",
        "Share of people aged 60 and over who live on a low income. A part of the income domain.",
        is_rate=True,
        is_optional=True,
    ),
    Measure(
        "children_young_people",
        "Children and Young People Sub-domain",
        "Children and young people: education",
        "Attainment at school, absence from school and entry to higher education. Half of the education domain.",
        decimals=2,
    ),
    Measure(
        "adult_skills_subdomain",
        "Adult Skills Sub-domain",
        "Adult skills",
        "Share of working-age adults with no or low qualifications, or who cannot speak English or not well. Half of "
        "the education domain.",
        decimals=2,
    ),
    Measure(
        "geographical_barriers",
        "Geographical Barriers Sub-domain",
        "Geographical barriers",
        "How poorly the neighbourhood is connected to work, shops, schools, healthcare and leisure on foot, by bicycle "
        "and by public transport. Half of the barriers domain.",
    ),
    Measure(
        "wider_barriers",
        "Wider Barriers Sub-domain",
        "Wider barriers",
        "Housing affordability, overcrowding, homelessness, broadband speeds and patients per GP. Half of the barriers "
        "domain.",
        decimals=2,
    ),
    Measure(
        "indoors",
        "Indoors Sub-domain",
        "Indoor living environment",
        "Housing in poor condition, with poor energy performance or without private outdoor space. 70% of the living "
        "environment domain.",
        decimals=2,
    ),
    Measure(
        "outdoors",
        "Outdoors Sub-domain",
        "Outdoor living environment",
        "Air quality, noise, and road casualties among pedestrians and cyclists. 30% of the living environment domain.",
        decimals=2,
    ),
)
