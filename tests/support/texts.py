"""Articles written for the recorded tests."""

from __future__ import annotations

SALE = """The painter's daughter sold 14 of his pictures at an auction in Vienna for 2.3 million euros on Friday, of which she gave half to a hospital. A buyer from Texas paid 810,000 euros for the largest, which shows the Danube in winter, and twice as much as expected for a drawing of a horse.

The painter, who died in 1987, never sold a picture for more than 9,000 schillings in his life. The daughter kept six. Her brother, who had wanted to keep all twenty, did not come.

The auction house takes 18% of each price. It expects to sell 300 pictures this spring, 40 fewer than last year, and to earn 7 million euros with them."""

VOTE = """The Greens won 31 of 90 seats, nine more than in 2021, and the Liberals lost twelve and have 28. The Farmers' Party, which had hoped for twenty, has eleven, and the rest went to four small lists.

Turnout rose from 58% to 64%. In the capital it fell to 49%, the lowest since the war. Nadia Brandt of the Greens said that she would talk to the Liberals first. Their leader, Oskar Thal, said that he would not serve under her.

In 2021 a government was formed after 97 days; in 2017 after 140."""
