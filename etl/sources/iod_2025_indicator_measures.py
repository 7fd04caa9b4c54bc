"""What is taken from File 8 of the English Indices of Deprivation 2025: some of what the domains are made of.

The direction of each indicator was checked against its sub-domain on the published figures: all rise with it but
connectivity, which falls (correlation -1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from etl.sources.reading import Column
from etl.sources.spec import Indicator

DOMAIN = "Behind the deprivation scores"
PERIOD = "IoD 2025 (most data 2022 to 2025)"
MODELLED = "Small numbers were smoothed by the publisher towards similar neighbourhoods nearby."
NO_UNIT = "A score with no unit: it orders neighbourhoods and cannot be added or read as a share."


@dataclass(frozen=True)
class Measure:
    """One indicator of File 8."""

    indicator_id: str
    heading: str
    name: str
    unit: str
    definition: str
    caveat: str
    polarity: Literal["higher_is_worse", "higher_is_better"] = "higher_is_worse"
    decimals: int = 1
    minimum: float | None = None
    maximum: float | None = None

    def column(self) -> Column:
        """Return its column; single cells may be empty where the publisher has no figure."""
        return Column(
            self.indicator_id,
            (self.heading,),
            type="number",
            may_be_empty=True,
            minimum=self.minimum,
            maximum=self.maximum,
        )

    def indicator(self) -> Indicator:
        """Return how it is listed."""
        return Indicator(
            indicator_id=self.indicator_id,
            name=self.name,
            unit=self.unit,
            polarity=self.polarity,
            domain=DOMAIN,
            period=PERIOD,
            definition=self.definition,
            caveat=self.caveat,
            decimals=self.decimals,
        )


MEASURES = (
    Measure(
        "broadband_2025",
        "Digital Connectivity (Broadband download and upload speeds)",
        "Slow broadband",
        "score",
        "Broadband download and upload speeds in the neighbourhood, combined and turned so that a higher score means "
        "slower broadband (rural neighbourhoods score higher). Part of the barriers domain of IoD 2025.",
        f"It speaks of speeds at premises, not of who can afford or use a connection. {NO_UNIT}",
        decimals=2,
    ),
    Measure(
        "adult_skills_english_2025",
        "Adult skills and English language proficiency indicator",
        "Adults with few qualifications or little English",
        "share of working-age adults",
        "Share of working-age adults who have no or low qualifications, or cannot speak English or not well.",
        "From Census 2021; skills are not the same as digital skills, for which nothing is published this locally.",
        decimals=3,
        minimum=0,
        maximum=1,
    ),
    Measure(
        "travel_connectivity_2025",
        "Connectivity Score",
        "Connectivity to jobs and services",
        "score, 0 to 100",
        "How well people can reach work, shops, schools, healthcare and leisure on foot, by bicycle and by public "
        "transport (Department for Transport connectivity score). Higher is better.",
        "It measures what can be reached, not whether a trip is affordable or step-free.",
        polarity="higher_is_better",
        minimum=0,
        maximum=100,
    ),
    Measure(
        "patients_per_gp_2025",
        "Patient-to-GP Ratio",
        "Patients per GP",
        "patients per full-time GP",
        "Registered patients for each full-time-equivalent GP at the practices that the neighbourhood's residents "
        "use, averaged over those practices.",
        "Other staff who see patients are not counted, and a few practices report very few GPs, hence extreme values.",
        decimals=0,
        minimum=0,
    ),
    Measure(
        "acute_morbidity_2025",
        "Acute morbidity indicator",
        "Emergency hospital admissions",
        "ratio, England about 100",
        "Emergency admissions to hospital compared with what the neighbourhood's ages and sexes would lead one to "
        "expect; about 100 is England's level.",
        MODELLED,
        minimum=0,
    ),
    Measure(
        "illness_disability_ratio_2025",
        "Comparative illness and disability ratio indicator",
        "Illness and disability benefits",
        "ratio, England about 100",
        "People who receive benefits because of illness or disability compared with what the neighbourhood's ages and "
        "sexes would lead one to expect; about 100 is England's level.",
        f"It misses people who are ill and do not claim. {MODELLED}",
        minimum=0,
    ),
    Measure(
        "mental_health_2025",
        "Mental health indicator",
        "Poor mental health",
        "score",
        "Risk of poor mental health, combined from prescribing, hospital, benefit and mortality records.",
        NO_UNIT,
        decimals=2,
    ),
    Measure(
        "years_life_lost_2025",
        "Years of potential life lost indicator",
        "Early deaths",
        "standardised years lost",
        "Years of life lost to deaths before age 75, allowing for the neighbourhood's ages and sexes.",
        f"Deaths in one small place are few, so single neighbourhoods vary by chance. {MODELLED}",
        minimum=0,
    ),
    Measure(
        "higher_education_2025",
        "Entry to higher education indicator",
        "Young people not entering higher education",
        "share of young people",
        "Share of young people who do not go on to higher education.",
        "Apprenticeships and other ways into work count as not entering. A few neighbourhoods have no figure.",
        decimals=3,
        minimum=0,
        maximum=1,
    ),
    Measure(
        "overcrowding_2025",
        "Household overcrowding indicator (bedrooms)",
        "Overcrowded homes",
        "share of households",
        "Share of households with fewer bedrooms than they need under the bedroom standard (Census 2021).",
        "The Indices combine this with a measure by rooms, which is not shown here.",
        decimals=3,
        minimum=0,
        maximum=1,
    ),
    Measure(
        "housing_affordability_2025",
        "Housing affordability indicator",
        "Housing that people cannot afford",
        "score",
        "How hard it is for local households to buy or rent at local prices; a higher score is harder.",
        f"Modelled from incomes and prices of wider areas. {NO_UNIT}",
        decimals=2,
    ),
    Measure(
        "homelessness_2025",
        "Homelessness indicator (rate per 1,000 households)",
        "Households facing homelessness",
        "per 1,000 households",
        "Households owed a duty by the council because they are homeless or about to be, per 1,000 households.",
        "Counted for whole districts: neighbourhoods of one district share a value. People who do not ask the council "
        "for help are missed.",
        decimals=2,
        minimum=0,
    ),
)
