"""Totals that anybody can look up, against which every load is checked."""

from __future__ import annotations

from datetime import date

# symbol, folded -> yes, no, abstain. From the record of the meetings.
ASSEMBLY = {
    "A/RES/ES-11/1": (141, 5, 35),
    "A/RES/68/262": (100, 11, 58),
    "A/RES/217(III)[A]": (48, 0, 8),
    "A/RES/2758(XXVI)": (76, 35, 17),
    "A/RES/73/65": (182, 1, 5),
}
COUNCIL = {"S/RES/678(1990)": (12, 2, 1), "S/RES/2623(2022)": (11, 1, 3)}

# Members of the United Nations at the end of the year.
UN_MEMBERS = {
    1945: 51,
    1946: 55,
    1947: 57,
    1948: 58,
    1949: 59,
    1950: 60,
    1955: 76,
    1956: 80,
    1957: 82,
    1958: 82,
    1960: 99,
    1961: 104,
    1962: 110,
    1963: 113,
    1964: 115,
    1965: 117,
    1966: 122,
    1967: 123,
    1968: 126,
    1970: 127,
    1971: 132,
    1973: 135,
    1974: 138,
    1975: 144,
    1976: 147,
    1977: 149,
    1978: 151,
    1979: 152,
    1980: 154,
    1981: 157,
    1983: 158,
    1984: 159,
    1990: 159,
    1991: 166,
    1992: 179,
    1993: 184,
    1994: 185,
    1999: 188,
    2000: 189,
    2002: 191,
    2006: 192,
    2011: 193,
    2025: 193,
}

# The Council has eleven members until the end of 1965 and fifteen from 1966.
COUNCIL_GREW = date(1966, 1, 1)
