"""PDFs of one line, “Four people were hurt.”, encrypted with AES-256."""

from __future__ import annotations

import base64
import zlib

AES_256 = zlib.decompress(
    base64.b85decode(
        "c-oCr&5ImG6o&{NTD(ihp@bd6f=O4s`i5a3$<E+c*kMQGK|R#RtIf#n^wQHCviSo9uR+m+;K`F-"
        "b#M6x6hu6PoP^EAqX+e*XjSh=2FHWleW-f<d%ySVSHFIP>DJ^LyUwe@$<rTxsu-"
        "c9@gG#fVO76%bbzG3<vO?5>{j*E?c$O^2JBR$QH6_GfUuU(<Er|Nd0dir2`_l^epTOU4i_C^E2;cHQ%j*1GxW4le"
        "H-K4-E8h>E}Cz}fM^SaaR-;pVH>ij!Z2xaPQPG8oQup)F1+Y6-"
        ";&6GNf&GN3rAJY4t>{eOORFdO}E6Jy?zz<?qN3%ZiPjzu)K+j-R>?iw7g$-"
        "ExP^c`0>}@ZhW?}`OWa@hl7`&e0TMwC-w2`A9-{6$3Kq4^EG_@-leV2PhNcd<-?5^o-"
        ">=je0BB8_rHxVf3o??U)N6leCKBkgTKF+Ui$s$(?`FK9-"
        "WlBXVhm3)QW;TMCQg2b)f}hUQdYtE3DFBAvb8g*I`TQS?3nfwXv$V$<PWT6#{n>jWEf1%BYRn2F_Vj%rG9b(4Ixj"
        "5u!9c32+=WM1d+;q?!k3Jd;j)A*@B|1$AD71Syo``5@jVLljyhAqyL`-~cE_pZNr{#^-"
        "VxkwIVzbnuw#X=<qUsHCS-F~?AOl_1*SgtAe1Y0=Uc1XqkDu5~%?N$-"
        "ML7tdBV4!gVKd&N=pRui@la8W?FNqu8HyTdOU#o^pAvu=MvP6^7UeYV*imqsZathX{cn>6Jnnn;Z|Tu99wbCG!~G"
        "$^#n2^NCUG;wde=F&&6SZPF0<8@#$0%u0EKv{^+WKQKJhiDW!v`NXlN6&-6oUWn|I=KK~Ov*G<Z1=PG4L4wvGa-"
        "qPbde{l2U>8-LsFv^v)*qpRg~z8UR*>;$t6kTBF3_%`!|bcF(uYw4ES0MBwLGdSdWQST-"
        "Un!9=5%IXY&V`<<&b)lZVCW1bA&L|NBD`h2}m|mk^SVQi-"
        "UX<rI=}I-7R%e;|2kj2EFjI_QWxp9ag$wO!vBmcO$a4944&>K`PjXBz"
    )
)

AES_256_WITH_PASSWORD = zlib.decompress(
    base64.b85decode(
        "c-"
        "oCrJC9pM7!{%$MWRhP6fRQ0o%aJQOW9ppK@i!jAq`rgd3@tI+Vx#sUng0bG?5S$iV##3NYJIFqX<G2P#}a5e;_Cw"
        "N+R(G_^$U63sZ1?i<$49Ip3Kx$J3kajb7ugOVWG%=dZsLP8qG^Ez<9k>b;X=pw(_@!(lxm)g;VdNd*G-"
        "$zVWWkvpK+TCm2E>g{=6(hsQY@brLGyY*_(QogZN{^!!JQ3D7)?NnWdJP$kdUF2f;Gh9&XMaQ@g%X-"
        "x$6xA_|YFx7(aH`Hl;){(JE%Gg?{+D#M)xYB))pQlx^|UK;QtgB#tl6t;aCjTqc?ugWdV}R1Sj^g+)UodSvTYz7k"
        "@4`4^zy^!FOBXzqM!VDc{JSl?#<6HjV@n%<H5r_-"
        ">)VgKDqbJ{{3&mUst~T`{dJCzWC+cM^9!y{Wg=Iz549uuRr!jy~!<j{?+cm!Q;VG^~05}?-"
        "})(0<)pu2GwW`H5Xch#_@zI;gvU5c!37Z4_jzxHEqKphbEJ1O#8_T=42{9d!ckPfm^P%lGzjq!g=R?$yu|YLv%7S"
        "6;jkD@ob&f%;y|H1Y;yKR+r)u=S6X;rDX{+;}Q?zecHF&hyu<_rA*Y$C{tX_$tERuupYE4)`<{;EP*2%%88J?3r2"
        "8Pa0@{cgesq%lp%wQC`LGIW#l4g(H-"
        "|_oq}nb&qh~Q?akrsE>YE9oyNzo=s?$Lb#*wsAuo)Q;yf_Z_Gm;;3A#!1Vlp1$78t~6eFP9jMOHiq;7Lo+z_qZbH"
        "N_kqXQ(vCAOau;qJ)%$$|iJ1AWe~Y9w|ueEgI&d5XBVJZMn06<%A|j<(L)GN2HW!S7J({-RQB1NHc-"
        "v2(vFCLkKCM<%%1g1sEnZGZ{*9C~~k7*1HW9!l)(e;-N-"
        "sscE4XHI9*9e_6b!8MRg8LT=TB=36x>wrgq=*EV5(2+cab)A>h$@~Zv1#>?XL26$@^|NDKeFv>CbWF?m-"
        "8(lDUl1GRxa8csm|3L887%ozCa@<mLej6;?(6nn~IPR15dc*OE`~#P1XgU"
    )
)
