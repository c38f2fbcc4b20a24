"""Some of the published ideal points of Bailey, Strezhnev & Voeten (file of April 2020).

A small sample for comparison: session -> state -> column IdealPointAll, rounded to 3 decimals.
"""

from __future__ import annotations

_ROWS = {
    3: (
        "USA 1.904 | CAN 1.812 | NLD 2.099 | BEL 1.813 | RUS -2.540 | UKR -2.555 | IRQ 0.095 "
        "| EGY 0.605 | SYR 0.192 | GTM 0.286 | HND 1.247"
    ),
    10: (
        "USA 1.859 | CAN 1.577 | NLD 2.128 | BEL 1.851 | ROU -2.830 | RUS -2.963 | UKR -2.909 "
        "| IRQ -0.014 | EGY -0.827 | GTM -0.096 | HND 0.911"
    ),
    15: (
        "USA 1.393 | CAN 0.990 | IRL 0.460 | NLD 1.633 | ROU -2.314 | RUS -2.358 | UKR -2.444 "
        "| IRQ -1.246 | EGY -1.279 | GTM 0.908 | HND 0.929 | TGO -0.354 | CMR 0.489 | NGA "
        "-0.520"
    ),
    21: (
        "USA 2.151 | CAN 1.824 | IRL 1.271 | NLD 1.799 | ROU -2.173 | RUS -2.133 | UKR -2.142 "
        "| IRQ -1.318 | EGY -1.389 | GTM 0.520 | HND 0.812 | TGO 0.161 | CMR -0.412"
    ),
    26: (
        "USA 1.768 | CAN 1.342 | IRL 0.893 | NLD 1.313 | ROU -1.740 | RUS -2.425 | UKR -2.407 "
        "| IRQ -1.173 | EGY -0.717 | GTM 0.817 | HND 0.670 | TGO 0.133 | CMR -0.328 | CHN "
        "-0.976"
    ),
    32: (
        "USA 2.313 | CAN 1.816 | IRL 1.524 | NLD 1.638 | ROU -0.927 | RUS -2.401 | IRQ -0.278 "
        "| EGY -0.319 | GTM 1.284 | HND 0.857 | TGO -0.307 | CMR -0.313 | CHN -0.819 | BHS "
        "0.574"
    ),
    38: (
        "USA 2.653 | CAN 1.734 | IRL 0.985 | NLD 1.567 | ROU -0.907 | RUS -1.906 | IRQ -0.734 "
        "| EGY -0.126 | GTM 0.526 | HND 0.353 | TGO -0.235 | CMR -0.307 | CHN 0.171 | BHS "
        "0.347"
    ),
    42: (
        "USA 3.070 | CAN 1.683 | IRL 1.118 | NLD 1.836 | ROU -0.794 | RUS -0.932 | IRQ -1.097 "
        "| EGY -0.267 | GTM 0.154 | HND 0.379 | TGO -0.036 | CMR 0.248 | CHN 0.196 | BHS "
        "0.177"
    ),
    45: (
        "USA 3.068 | CAN 1.487 | IRL 1.026 | NLD 1.864 | ROU 1.058 | RUS -0.136 | IRQ -1.125 "
        "| EGY -0.497 | GTM -0.488 | HND 0.077 | TGO -0.216 | CMR -0.164 | CHN -0.167"
    ),
    50: (
        "USA 3.130 | CAN 1.255 | IRL 0.996 | NLD 1.346 | BGR 1.126 | MDA 1.099 | ROU 1.185 | "
        "RUS 1.156 | EST 1.136 | LVA 1.788 | LTU 1.183 | EGY -0.764 | BLZ 0.075 | GTM -0.282 "
        "| TGO -0.821 | CMR -0.387 | KGZ 0.087 | UZB 0.942 | KAZ 0.560 | CHN -1.503"
    ),
    55: (
        "USA 2.664 | CAN 1.143 | IRL 0.860 | NLD 1.255 | BGR 1.053 | MDA 0.901 | ROU 1.118 | "
        "RUS 0.211 | EST 1.132 | LVA 1.202 | LTU 1.181 | EGY -1.226 | BLZ -0.366 | GTM 0.029 "
        "| TGO -0.844 | CMR -0.760 | TJK 0.136 | KGZ 0.081 | UZB 0.492 | KAZ 0.384 | CHN "
        "-0.736"
    ),
    60: (
        "USA 2.890 | CAN 1.305 | IRL 0.843 | NLD 1.058 | BGR 0.909 | MDA 0.807 | ROU 0.977 | "
        "RUS 0.081 | EST 1.008 | LVA 1.151 | LTU 1.016 | EGY -1.649 | IRQ -0.395 | BLZ -0.488 "
        "| GTM -0.001 | TGO -0.698 | CMR -0.027 | GHA -0.508 | TJK -0.291 | KGZ -0.197 | UZB "
        "-0.330 | KAZ -0.169 | CHN -0.741"
    ),
    66: (
        "USA 2.496 | CAN 1.884 | IRL 0.843 | NLD 1.099 | BGR 1.040 | MDA 0.937 | ROU 0.990 | "
        "RUS -0.183 | EST 1.042 | LVA 1.042 | LTU 1.043 | EGY -1.007 | IRQ -0.594 | BLZ "
        "-0.325 | GTM -0.219 | TGO -0.457 | CMR 0.107 | GHA -0.547 | TJK -0.324 | KGZ -0.290 "
        "| UZB -0.532 | KAZ -0.399"
    ),
    73: (
        "USA 2.787 | GBR 1.694 | CAN 1.432 | IRL 0.745 | NLD 1.128 | BGR 1.036 | MDA 0.791 | "
        "ROU 1.141 | RUS 0.135 | EST 1.191 | LVA 1.237 | LTU 1.252 | TUR 0.625 | EGY -1.264 | "
        "IRQ -0.946 | BLZ -0.351 | GTM 0.220 | TGO 0.004 | CMR -0.021 | GHA -0.164 | TJK "
        "-0.588 | KGZ -0.738 | UZB -0.427 | KAZ -0.393"
    ),
}

PUBLISHED = {
    session: {part.split()[0]: float(part.split()[1]) for part in text.split("|")}
    for session, text in _ROWS.items()
}
